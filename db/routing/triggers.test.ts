/**
 * Every moment at which somebody may get a conversation who could not before: each must hand out by itself, without
 * anybody looking again. In each row one agent and one conversation are kept apart by one thing; then that thing ends.
 */
import type { QueueSettings } from '../../core/routing/policy';
import { drivenDatabase, type DrivenDatabase } from '../../tests/support/driven-database';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { editAgent, setOnCall } from '../agents/agents';
import type { Effects } from '../effects';
import { giveCommand } from '../conversation/give-command';
import { newId } from '../ids';
import { agentLoggedIn, endSessions, heartbeat, setAgentState } from '../agents/presence';
import { recomputeHours } from '../queues/queue-hours';
import { editQueue, putMember, removeMember } from '../queues/queues';

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
const command = (
  conversationId: string,
  name: 'solve' | 'close' | 'setWaiting' | 'transferToQueue',
  args = {},
): Made => giveCommand(db, { conversationId, name, args, giver: BOSS, key: newId() });
const edit = (agent: string, fields: Parameters<typeof editAgent>[3]): Made =>
  editAgent(db, ADMIN, agent, fields, newId());
const set = (table: 'queue' | 'agent', id: string, columns: string): Promise<unknown> =>
  db.query(`UPDATE ${table} SET ${columns} WHERE id = $1`, [id]);

/** Where one agent is to get one conversation. */
interface Scene {
  readonly queue: string;
  readonly agent: string;
  /** In line, and not to be had yet. */
  readonly waits: string;
  /** What the agent holds or is offered. */
  readonly held: string;
}

interface Row {
  readonly settings?: QueueSettings;
  readonly rules?: Omit<NonNullable<Parameters<typeof makeQueue>[1]>, 'settings'>;
  readonly agent?: Parameters<typeof makeAgent>[2];
  /** Brings about what keeps them apart, before the conversation comes. */
  readonly apart: (scene: Omit<Scene, 'waits'>) => Promise<unknown>;
  readonly then: (scene: Scene) => Promise<unknown>;
}

const FULL = { maxUnits: 25 };
const nothing = async (): Promise<void> => undefined;
const takeOne = async (scene: Omit<Scene, 'waits'>): Promise<string> => {
  const id = await arrive(scene.queue);
  expect(await ownerOf(id)).toBe(scene.agent);
  return id;
};

/** In each row the agent holds `held` already, where there is room for it. */
const rows: Record<string, Row> = {
  'the agent solves one': {
    agent: FULL,
    apart: nothing,
    then: ({ held }) => done(command(held, 'solve')),
  },
  'the agent closes one': {
    agent: FULL,
    apart: nothing,
    then: ({ held }) => done(command(held, 'close')),
  },
  'one waits for its customer and frees its slot': {
    settings: { waitingFactor: 0 },
    agent: FULL,
    apart: nothing,
    then: ({ held }) => done(command(held, 'setWaiting')),
  },
  'one is transferred away': {
    agent: FULL,
    apart: nothing,
    async then({ held }) {
      const queueId = await makeQueue(db, { delivery: 'manual' });
      await makeAgent(db, [queueId]);
      await done(command(held, 'transferToQueue', { queueId }));
    },
  },
  'the queue opens': {
    // What has just come into a closed queue is tried once, and finds nobody; its line is left to the opening.
    async apart({ queue, agent }) {
      await set('queue', queue, 'open = false, closed_since = app_now()');
      await done(setAgentState(db, agent, 'paused', null));
    },
    async then({ agent, waits }) {
      await done(setAgentState(db, agent, 'available', null));
      expect(await ownerOf(waits)).toBeNull();
      // By its mode it is always open: that it is closed is what a recompute finds wrong.
      await done(recomputeHours(db, 'all'));
    },
  },
  'the agent is added to the queue': {
    apart: ({ queue, agent }) => done(removeMember(db, ADMIN, queue, agent)),
    then: ({ queue, agent }) =>
      done(putMember(db, ADMIN, { queueId: queue, agentId: agent, penalty: 0, position: 0 })),
  },
  'the agent logs in': {
    apart: ({ agent }) => done(endSessions(db, agent, { open: 'keep' })),
    async then({ agent }) {
      await db.query(
        `INSERT INTO session (id, agent_id, token_hash, expires_at)
         VALUES ($1, $2, $3, app_now() + interval '1 day')`,
        [newId(), agent, newId()],
      );
      await done(agentLoggedIn(db, agent));
    },
  },
  'the agent unpauses': {
    apart: ({ agent }) => done(setAgentState(db, agent, 'paused', null)),
    then: ({ agent }) => done(setAgentState(db, agent, 'available', null)),
  },
  'an absent agent is heard of again': {
    apart: ({ agent }) => set('agent', agent, 'absent_since = app_now()'),
    async then({ agent }) {
      const [session] = await db.query<{ id: string }>(
        'SELECT id FROM session WHERE agent_id = $1',
        [agent],
      );
      const effects = await heartbeat(db, agent, session?.id ?? '');
      if (effects) await done(Promise.resolve({ effects }));
    },
  },
  'the agent may carry more': {
    agent: FULL,
    apart: nothing,
    then: ({ agent }) => done(edit(agent, { maxUnits: 50 })),
  },
  'the agent may have more of the kind': {
    apart: ({ agent }) => set('agent', agent, `most_of_kinds = '{"live-chat": 1}'`),
    then: ({ agent }) => done(edit(agent, { mostOfKinds: { 'live-chat': 2 } })),
  },
  'the kind costs the agent less': {
    agent: FULL,
    apart: nothing,
    then: ({ agent }) => done(edit(agent, { unitOverrides: { 'live-chat': 0 } })),
  },
  'the kind costs less in the queue': {
    agent: FULL,
    apart: nothing,
    then: ({ queue }) =>
      done(editQueue(db, ADMIN, queue, { settings: { unitOverrides: { 'live-chat': 0 } } })),
  },
  'the agent learns the kind': {
    apart: ({ agent }) => set('agent', agent, `channel_kinds = '{email}'`),
    then: ({ agent }) => done(edit(agent, { channelKinds: ['email', 'live-chat'] })),
  },
  'the queue allows more for each agent': {
    rules: { eligibility: 'nocall' },
    settings: { maxPerAgent: 1 },
    apart: nothing,
    then: ({ queue }) => done(editQueue(db, ADMIN, queue, { settings: { maxPerAgent: 2 } })),
  },
  'the queue allows something beside another conversation': {
    rules: { eligibility: 'interaction' },
    apart: nothing,
    then: ({ queue }) => done(editQueue(db, ADMIN, queue, { eligibility: 'capacity' })),
  },
  'the queue hands out by itself': {
    apart: ({ queue }) => set('queue', queue, `delivery = 'manual'`),
    then: ({ queue }) => done(editQueue(db, ADMIN, queue, { delivery: 'auto' })),
  },
  'the agent unpauses, though the last channel of its kind is archived by now': {
    apart: ({ agent }) => done(setAgentState(db, agent, 'paused', null)),
    async then({ agent }) {
      await db.query(`UPDATE channel SET archived_at = app_now() WHERE kind = 'live-chat'`);
      await done(setAgentState(db, agent, 'available', null));
    },
  },
  'the agent’s call ends': {
    rules: { eligibility: 'incall' },
    apart: ({ agent, held }) =>
      Promise.all([done(command(held, 'close')), set('agent', agent, 'on_call = true')]),
    then: ({ agent }) => done(setOnCall(db, agent, false)),
  },
  'the one conversation of `incall` ends': {
    rules: { eligibility: 'incall' },
    apart: nothing,
    then: ({ held }) => done(command(held, 'close')),
  },
};

describe('what stands in line is handed out when', () => {
  it.each(Object.entries(rows))('%s', async (_, row) => {
    const queue = await makeQueue(db, { ...row.rules, settings: row.settings ?? {} });
    const agent = await makeAgent(db, [queue], row.agent);
    const held = await takeOne({ queue, agent, held: '' });
    await row.apart({ queue, agent, held });
    const waits = await arrive(queue);
    expect(await ownerOf(waits)).toBeNull();
    await row.then({ queue, agent, waits, held });
    expect(await ownerOf(waits)).toBe(agent);
  });
});

describe.each([
  ['in hours', true],
  ['out of hours', false],
] as const)('%s', (_, open) => {
  const house = async () => {
    const queue = await makeQueue(db);
    const agent = await makeAgent(db, [queue]);
    await db.query('UPDATE queue SET open = $2, closed_since = app_now() WHERE id = $1', [
      queue,
      open,
    ]);
    return { queue, agent };
  };

  it('a conversation that begins goes to whoever is there', async () => {
    const { queue, agent } = await house();
    expect(await ownerOf(await arrive(queue))).toBe(agent);
  });

  it('a conversation that is transferred goes to whoever is there', async () => {
    const { queue, agent } = await house();
    const from = await makeQueue(db);
    const id = await arrive(from);
    await done(command(id, 'transferToQueue', { queueId: queue }));
    expect(await ownerOf(id)).toBe(agent);
  });
});
