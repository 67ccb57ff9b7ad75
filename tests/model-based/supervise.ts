/** What supervisors do to lines: who goes first in one, and that it is empty. */
import { Effects } from '../../db/effects';
import { emptyQueue } from '../../db/routing/empty-queue';
import { newId } from '../../db/ids';
import { setPriority } from '../../db/routing/set-priority';
import type { Planned } from './act';
import { pickFor, queueOf, type House } from './house';
import type { Act } from './steps';

type SupervisorAct = Extract<Act, { do: 'prioritise' | 'empty' }>;

export async function planSupervisor(house: House, act: SupervisorAct): Promise<Planned | null> {
  const boss = { id: newId(), role: 'admin' as const };
  if (act.do === 'prioritise') {
    const c = await pickFor(house, 'take', act.on);
    if (!c) return null;
    return {
      may: c.status !== 'closed',
      run: async (db) => (await setPriority(db, boss, c.id, act.priority)).effects,
    };
  }
  const [queueId = '', toQueueId = ''] = [house.queues[act.from], house.queues[act.to ?? 0]];
  const target = await queueOf(house, toQueueId);
  const closes = act.to === null;
  return {
    may: closes || (act.to !== act.from && !target.archived && target.members > 0),
    async run(db) {
      const wish = {
        ...{ id: newId(), queueId, toQueueId: closes ? null : toQueueId },
        ...{ text: 'We are sorry.', reason: null },
      };
      const left = new Effects();
      await emptyQueue(db, boss, wish, (effects) => left.add(effects));
      return left;
    },
  };
}
