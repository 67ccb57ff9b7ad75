import { driveConversation } from '../../tests/support/workflow-driver';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { takeConversation } from '../routing/claim';
import { connectDatabase, type Database } from '../client';
import { newId } from '../ids';
import { setAgentState } from './presence';
import { receiveMessage } from '../messages/receive-message';
import { overduePauses, releaseOfPaused } from './release-on-pause';

const MINUTES = 10;

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** An agent who paused so many minutes ago and holds a conversation since before. */
async function paused(minutesAgo: number) {
  const queue = await makeQueue(db, { delivery: 'manual' });
  const agent = await makeAgent(db, [queue]);
  const id = await hold(agent, queue);
  await setAgentState(db, agent, 'paused', 'lunch');
  await db.query(
    `UPDATE agent SET state_since = app_now() - make_interval(mins => $2) WHERE id = $1`,
    [agent, minutesAgo],
  );
  await db.query(`UPDATE conversation SET held_since = app_now() - interval '1 h' WHERE id = $1`, [
    id,
  ]);
  return { queue, agent, id };
}

async function hold(agent: string, queue: string): Promise<string> {
  const customer = await makeCustomer(db, await makeChannel(db, queue));
  const { value } = await receiveMessage(db, { ...customer, externalId: newId(), text: 'hello' });
  await takeConversation(db, value.conversationId, agent, newId());
  return value.conversationId;
}

const rowOf = async (id: string) =>
  (
    await db.query<Record<string, unknown>>(
      'SELECT placement, owner_id, front FROM conversation WHERE id = $1',
      [id],
    )
  )[0];

describe('a pause that lasts too long', () => {
  it('gives back what its agent holds, first in line, and says why', async () => {
    const { agent, id } = await paused(MINUTES + 1);
    expect(await overduePauses(db, MINUTES)).toContain(agent);
    await releaseOfPaused(db, agent, MINUTES);
    // It is asked for once: whoever looks again before it is decided finds nothing to do.
    expect(await overduePauses(db, MINUTES)).not.toContain(agent);
    await driveConversation(db, id);
    expect(await rowOf(id)).toEqual({ placement: 'queued', owner_id: null, front: true });
    const [event] = await db.query<{ data: unknown }>(
      `SELECT data FROM conversation_event WHERE conversation_id = $1 AND kind = 'released'`,
      [id],
    );
    expect(event?.data).toEqual({ agentId: agent, cause: 'agent paused' });
  });

  it('is none before its time, or without a conversation', async () => {
    const short = await paused(MINUTES - 1);
    const idle = await makeAgent(db, []);
    await db.query(
      `UPDATE agent SET state = 'paused', state_since = '2026-01-01T00:00Z' WHERE id = $1`,
      [idle],
    );
    const overdue = await overduePauses(db, MINUTES);
    expect(overdue).not.toContain(short.agent);
    expect(overdue).not.toContain(idle);
    await releaseOfPaused(db, short.agent, MINUTES);
    await driveConversation(db, short.id);
    expect(await rowOf(short.id)).toMatchObject({ owner_id: short.agent });
  });

  it.each([
    ['is back', async (agent: string) => setAgentState(db, agent, 'available', null)],
    [
      'was back, and is on another pause',
      async (agent: string) => {
        await setAgentState(db, agent, 'available', null);
        await setAgentState(db, agent, 'paused', null);
      },
    ],
  ])('takes nothing from an agent who %s when it is decided', async (_, comesBack) => {
    const { agent, id } = await paused(MINUTES + 1);
    await releaseOfPaused(db, agent, MINUTES);
    await comesBack(agent);
    await driveConversation(db, id);
    expect(await rowOf(id)).toMatchObject({ placement: 'assigned', owner_id: agent });
    const [command] = await db.query('SELECT outcome FROM command WHERE conversation_id = $1', [
      id,
    ]);
    expect(command).toEqual({ outcome: 'ILLEGAL_TRANSITION' });
    await releaseOfPaused(db, agent, MINUTES);
    expect(await overduePauses(db, MINUTES)).not.toContain(agent);
  });

  it('leaves what was given to the agent during it its own time', async () => {
    const { agent, queue, id } = await paused(MINUTES + 1);
    const fresh = await hold(agent, queue);
    await releaseOfPaused(db, agent, MINUTES);
    for (const each of [id, fresh]) await driveConversation(db, each);
    expect(await rowOf(id)).toMatchObject({ owner_id: null });
    expect(await rowOf(fresh)).toMatchObject({ owner_id: agent });
  });
});
