/** What leaves an agent, or an offer, goes to the next one at once. */
import { drivenDatabase, type DrivenDatabase } from '../../tests/support/driven-database';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { acceptOffer } from './claim';
import { lapseOffer, rejectOffer } from './claim-back';
import type { Effects } from '../effects';
import { giveCommand } from '../conversation/give-command';
import { newId } from '../ids';
import { endSessions, markAbsent, releaseOfAbsent, setAgentState } from '../agents/presence';
import { removeMember } from '../queues/queues';

let driven: DrivenDatabase;
let db: DrivenDatabase['db'];
beforeAll(async () => {
  driven = await drivenDatabase();
  ({ db } = driven);
});
afterAll(() => driven.close());

const ADMIN = { kind: 'agent', id: null };
const BOSS = { kind: 'supervisor' as const, id: null };
type Made = Promise<{ effects: Effects }>;

const done = (made: Made): Promise<void> => driven.done(made);
const arrive = (queue: string): Promise<string> => driven.arrive(queue);
const ownerOf = (id: string): Promise<string | null> => driven.ownerOf(id);
const command = (conversationId: string, name: 'close' | 'setWaiting' | 'resume'): Made =>
  giveCommand(db, { conversationId, name, args: {}, giver: BOSS, key: newId() });
const set = (table: 'agent' | 'conversation', id: string, columns: string): Promise<unknown> =>
  db.query(`UPDATE ${table} SET ${columns} WHERE id = $1`, [id]);

describe('what comes back to the line goes to the next one at once', () => {
  /** Two agents; the conversation is with the first. */
  async function two(delivery: 'auto' | 'offer') {
    const queue = await makeQueue(db, { delivery, distribution: 'linear' });
    const [first, second] = [await makeAgent(db, [queue]), await makeAgent(db, [queue])];
    await db.query('UPDATE queue_member SET position = 1 WHERE agent_id = $1', [second]);
    const id = await arrive(queue);
    expect(await ownerOf(id)).toBe(first);
    return { queue, first, second, id };
  }
  const GRACE = { liveChat: 30, others: 900 };

  it('when its agent is absent for too long: reassigned, before all others', async () => {
    const { queue, first, second, id } = await two('auto');
    for (const agent of [first, second]) await set('agent', agent, 'max_units = 25');
    const others = await arrive(queue);
    const older = await arrive(queue);
    expect([await ownerOf(others), await ownerOf(older)]).toEqual([second, null]);
    await db.query(`UPDATE session SET last_seen_at = '-infinity' WHERE agent_id = $1`, [first]);
    await done(markAbsent(db, first));
    await done(releaseOfAbsent(db, first, GRACE));
    expect(await ownerOf(id)).toBe(first);
    await set('agent', first, `absent_since = app_now() - interval '31 s'`);
    await done(releaseOfAbsent(db, first, GRACE));
    expect(await ownerOf(id)).toBeNull();
    await done(command(others, 'close'));
    expect([await ownerOf(id), await ownerOf(older)]).toEqual([second, null]);
  });

  it('when its agent signs out and lets go', async () => {
    const { first, second, id } = await two('auto');
    await done(endSessions(db, first, { open: 'release' }));
    expect(await ownerOf(id)).toBe(second);
  });

  it.each<[string, (id: string, agent: string) => Promise<unknown>]>([
    ['is refused', (id, agent) => done(rejectOffer(db, id, agent, newId()))],
    [
      'lapses',
      async (id) => {
        await set('conversation', id, `expires_at = app_now() - interval '1 s'`);
        await done(lapseOffer(db, id));
      },
    ],
    ['ends because its agent pauses', (_, agent) => done(setAgentState(db, agent, 'paused', null))],
    ['ends because its agent signs out', (_, agent) => done(endSessions(db, agent, {}))],
    [
      'ends because its agent leaves the queue',
      async (_, agent) => {
        const [row] = await db.query<{ queue_id: string }>(
          'SELECT queue_id FROM queue_member WHERE agent_id = $1',
          [agent],
        );
        await done(removeMember(db, ADMIN, row?.queue_id ?? '', agent));
      },
    ],
  ])('when an offer %s', async (_, end) => {
    const { first, second, id } = await two('offer');
    await end(id, first);
    expect(await ownerOf(id)).toBe(second);
  });

  it('when an offer ends, its agent gets what else there is', async () => {
    const queue = await makeQueue(db, { delivery: 'offer' });
    const agent = await makeAgent(db, [queue], { maxUnits: 25 });
    const [refused, next] = [await arrive(queue), await arrive(queue)];
    expect(await ownerOf(refused)).toBe(agent);
    await done(rejectOffer(db, refused, agent, newId()));
    expect(await ownerOf(next)).toBe(agent);
    await done(acceptOffer(db, next, agent, newId()));
    await done(command(next, 'close'));
    expect(await ownerOf(refused)).toBeNull();
  });

  it('when the round ends: whoever refused is asked again', async () => {
    const queue = await makeQueue(db, { delivery: 'offer' });
    const agent = await makeAgent(db, [queue]);
    const id = await arrive(queue);
    await done(rejectOffer(db, id, agent, newId()));
    expect(await ownerOf(id)).toBeNull();
    await set(
      'conversation',
      id,
      `round_end_at = app_now() - interval '1 s', next_deadline_at = app_now() - interval '1 s'`,
    );
    await driven.fire(id);
    expect(await ownerOf(id)).toBe(agent);
  });

  it('when its snooze is over and its agent is gone', async () => {
    const { first, second, id } = await two('auto');
    await done(command(id, 'setWaiting'));
    await done(endSessions(db, first, { open: 'keep' }));
    await done(command(id, 'resume'));
    expect(await ownerOf(id)).toBe(second);
  });
});
