/** What comes back to the line of a closed queue that wants its waiting live chats closed. */
import { drivenDatabase, type DrivenDatabase } from '../../tests/support/driven-database';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { rejectOffer } from '../routing/claim-back';
import { giveCommand } from '../conversation/give-command';
import { newId } from '../ids';
import { endSessions, setAgentState } from '../agents/presence';
import { recomputeHours } from './queue-hours';

let driven: DrivenDatabase;
let db: DrivenDatabase['db'];
beforeAll(async () => {
  driven = await drivenDatabase();
  ({ db } = driven);
});
afterAll(() => driven.close());

const rowOf = async (id: string) =>
  (
    await db.query<Record<string, unknown>>(
      'SELECT status, placement, owner_id FROM conversation WHERE id = $1',
      [id],
    )
  )[0];

/** A queue that has just closed, and what its one agent had then: held, or offered. */
async function afterHours(
  delivery: 'auto' | 'offer',
  atClosing: 'notifyAndClose' | 'keepWaiting',
  kind: 'live-chat' | 'open' = 'live-chat',
) {
  const hours = { atClosing, closing: { text: 'Good night.' } };
  const queue = await makeQueue(db, { delivery, settings: { hours } });
  const agent = await makeAgent(db, [queue]);
  const id = await driven.arrive(queue, kind);
  expect(await rowOf(id)).toMatchObject({ owner_id: agent });
  await db.query('UPDATE queue SET open = false, closed_since = app_now() WHERE id = $1', [queue]);
  return { id, queue, agent };
}

const boss = { kind: 'supervisor' as const, id: null };
const release = (id: string) =>
  giveCommand(db, { conversationId: id, name: 'release', args: {}, giver: boss, key: newId() });

describe('after closing time, at once and without another look', () => {
  it('what is released is told and closed', async () => {
    const { id } = await afterHours('auto', 'notifyAndClose');
    await driven.done(release(id));
    expect(await rowOf(id)).toMatchObject({ status: 'closed' });
    const said = await db.query(
      `SELECT text FROM message WHERE conversation_id = $1 AND author_kind = 'bot'`,
      [id],
    );
    expect(said).toEqual([{ text: 'Good night.' }]);
  });

  it('what an agent refuses, or leaves by a pause, is closed', async () => {
    const refused = await afterHours('offer', 'notifyAndClose');
    await driven.done(rejectOffer(db, refused.id, refused.agent, newId()));
    expect(await rowOf(refused.id)).toMatchObject({ status: 'closed' });
    const left = await afterHours('offer', 'notifyAndClose');
    await driven.done(setAgentState(db, left.agent, 'paused', null));
    expect(await rowOf(left.id)).toMatchObject({ status: 'closed' });
  });

  it.each([
    ['where the queue keeps them', 'keepWaiting', 'live-chat'],
    ['on other channels', 'notifyAndClose', 'open'],
  ] as const)('what is released stays in line %s', async (_, atClosing, kind) => {
    const { id } = await afterHours('auto', atClosing, kind);
    await driven.done(release(id));
    expect(await rowOf(id)).toMatchObject({ status: 'open', placement: 'queued' });
  });

  it('what is transferred there waits, as its agent was told', async () => {
    const { queue } = await afterHours('auto', 'notifyAndClose');
    await db.query(`UPDATE agent SET state = 'paused'`);
    const other = await afterHours('auto', 'keepWaiting');
    const args = { queueId: queue };
    const wish = { conversationId: other.id, name: 'transferToQueue' as const, args, giver: boss };
    await driven.done(giveCommand(db, { ...wish, key: newId() }));
    expect(await rowOf(other.id)).toMatchObject({ status: 'open', placement: 'queued' });
  });

  it.each(['setWaiting', 'solve'] as const)(
    'whoever writes again after it (%s) stays in line, as they are told',
    async (name) => {
      const { id, agent } = await afterHours('auto', 'notifyAndClose');
      const wish = { conversationId: id, name, args: {}, giver: boss, key: newId() };
      await driven.done(giveCommand(db, wish));
      await driven.done(endSessions(db, agent, { open: 'keep' }));
      await driven.writeAgain(id);
      expect(await rowOf(id)).toMatchObject({ status: 'open', placement: 'queued' });
      await driven.done(recomputeHours(db, 'due'));
      expect(await rowOf(id)).toMatchObject({ status: 'open', placement: 'queued' });
    },
  );
});
