import { giveCommand } from '../../db/conversation/give-command';
import { markAbsent, releaseOfAbsent, setAgentState, silentAgents } from '../../db/agents/presence';
import { receiveMessage } from '../../db/messages/receive-message';
import { writeSettings } from '../../db/settings';
import { conversationWorkflowId } from '../../workflows/ids';
import { startRelay, type Relay } from '../../workers/relay';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
let relay: Relay;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
  const { db, afterCommit, doorbell } = world;
  const report = (): void => undefined;
  relay = startRelay({
    planHours: async () => undefined,
    db,
    afterCommit,
    doorbell,
    everyMs: 100,
    report,
  });
});
afterAll(async () => {
  await relay.stop();
  await world.close();
});

async function conversation(agents = 1) {
  const queue = await makeQueue(world.db);
  const ids: string[] = [];
  for (let i = 0; i < agents; i++) ids.push(await makeAgent(world.db, [queue]));
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  return { queue, agents: ids, customer };
}
const row = async (id: string) =>
  (
    await world.db.query<{
      status: string;
      owner_id: string | null;
      loaded_version: number;
      version: number;
    }>('SELECT status, owner_id, loaded_version, version FROM conversation WHERE id = $1', [id])
  )[0];

describe('what a process that died after its commit left behind', () => {
  it('is handed out, started and decided by the relay', async () => {
    const { agents, customer } = await conversation();
    // Committed, and then nobody rings and nobody hands out.
    const { value } = await receiveMessage(world.db, {
      ...customer,
      externalId: 'm',
      text: 'hello',
    });
    await until('it is assigned and loaded', async () => {
      const r = await row(value.conversationId);
      return r?.owner_id === agents[0] && r?.loaded_version === r?.version;
    });
    await giveCommand(world.db, {
      conversationId: value.conversationId,
      name: 'solve',
      args: {},
      giver: { kind: 'agent', id: agents[0] },
      key: 's',
    });
    await until('it is solved', async () => (await row(value.conversationId))?.status === 'solved');
    await until('every hand-out is served', async () => {
      return (await world.db.query('SELECT 1 FROM hand_out')).length === 0;
    });
  });

  it('is not rung again and again while nobody works on it', async () => {
    const { customer } = await conversation(0);
    const { value } = await receiveMessage(world.db, {
      ...customer,
      externalId: 'm',
      text: 'hello',
    });
    const handle = world.client.workflow.getHandle(conversationWorkflowId(value.conversationId));
    // Started, rung, one task with a load and its search attributes: then it rests.
    const before = 7;
    await until('it rests', async () => (await handle.describe()).historyLength === before);
    for (let i = 0; i < 5; i++) {
      const seen = await world.db.query<{ at: Date }>('SELECT app_now() AS at');
      await until('a round passed', async () => {
        const now = await world.db.query<{ at: Date }>('SELECT app_now() AS at');
        return (now[0]?.at.getTime() ?? 0) - (seen[0]?.at.getTime() ?? 0) > 120;
      });
    }
    expect((await handle.describe()).historyLength).toBe(before);
  });
});

describe('an agent who is gone', () => {
  it('is noticed after a minute of silence, and what they held goes first in line to somebody else', async () => {
    const { agents, customer } = await conversation(1);
    const { conversationId: id } = await world.done(
      receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
    );
    expect((await row(id))?.owner_id).toBe(agents[0]);
    const other = await makeAgent(world.db, [customer.channel.queueId]);
    await world.db.query(
      `UPDATE session SET last_seen_at = app_now() - interval '2 min' WHERE agent_id = $1`,
      [agents[0]],
    );
    await until('the agent is absent', async () => {
      const rows = await world.db.query<{ absent_since: Date | null }>(
        'SELECT absent_since FROM agent WHERE id = $1',
        [agents[0]],
      );
      return rows[0]?.absent_since;
    });
    expect((await row(id))?.owner_id).toBe(agents[0]);
    await world.db.query(
      `UPDATE agent SET absent_since = app_now() - interval '31 s' WHERE id = $1`,
      [agents[0]],
    );
    await until('the other agent has it', async () => (await row(id))?.owner_id === other);
  });

  it('is left alone who came back in time', async () => {
    const { agents } = await conversation(1);
    const id = agents[0] as string;
    expect(await silentAgents(world.db)).not.toContain(id);
    await world.done(markAbsent(world.db, id));
    await world.done(releaseOfAbsent(world.db, id, { liveChat: 0, others: 0 }));
    const rows = await world.db.query<{ absent_since: Date | null }>(
      'SELECT absent_since FROM agent WHERE id = $1',
      [id],
    );
    expect(rows[0]?.absent_since).toBeNull();
  });

  it('and one who pauses for longer than the house allows gives back what they hold', async () => {
    const { agents, customer } = await conversation(1);
    const { conversationId: id } = await world.done(
      receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
    );
    const other = await makeAgent(world.db, [customer.channel.queueId]);
    const [first = ''] = agents;
    await world.done(setAgentState(world.db, first, 'paused', 'lunch'));
    await world.db.query(
      `WITH held AS (UPDATE conversation SET held_since = app_now() - interval '1 h' WHERE id = $2)
       UPDATE agent SET state_since = app_now() - interval '6 min' WHERE id = $1`,
      [first, id],
    );
    const admin = { kind: 'agent', id: null };
    await world.done(writeSettings(world.db, admin, { releaseOnPauseAfter: 5 }));
    await until('the other agent has it', async () => (await row(id))?.owner_id === other);
  });
});

describe('how queues are', () => {
  it('is on record soon after somebody comes or goes', async () => {
    const { queue, agents } = await conversation();
    const staffed = async () =>
      (
        await world.db.query<{ staffed: boolean }>(
          'SELECT staffed FROM queue_condition WHERE queue_id = $1 ORDER BY since DESC LIMIT 1',
          [queue],
        )
      )[0]?.staffed;
    await until('somebody is in', staffed);
    await setAgentState(world.db, agents[0] ?? '', 'paused', null);
    await until('nobody is in', async () => (await staffed()) === false);
  });
});
