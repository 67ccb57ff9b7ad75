import { io, type Socket } from 'socket.io-client';
import type { Ack, AgentClientEvents, AgentServerEvents } from '../../contracts/realtime';
import { Effects } from '../../db/effects';
import { newId } from '../../db/ids';
import { endSessions } from '../../db/agents/presence';
import { createTestApi, type TestApi } from '../../tests/support/api';
import { begin } from '../../tests/support/conversation';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { until } from '../../tests/support/world';
import { keepsUp } from './guarded-emit';
import { createHub } from './hub';

type Screen = Socket<AgentServerEvents, AgentClientEvents>;
type Told = { [E in keyof AgentServerEvents]: Parameters<AgentServerEvents[E]>[0][] };

let api: TestApi;
const open: Screen[] = [];
beforeAll(async () => {
  api = await createTestApi({}, { driven: true, realtime: true });
});
afterEach(() => {
  for (const screen of open.splice(0)) screen.disconnect();
});
afterAll(() => api.close());

const connect = (options: Parameters<typeof io>[1]): Screen => {
  const screen: Screen = io(`${api.url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(options as object),
  });
  open.push(screen);
  return screen;
};

/** A connected screen of an agent, and all that it is told. */
async function screenOf(agentId: string): Promise<{ screen: Screen; told: Told }> {
  const screen = connect({ auth: { token: await api.tokenFor(agentId) } });
  const told: Told = {
    'conversation.changed': [],
    'conversation.gone': [],
    'list.changed': [],
    'list.gone': [],
    'agent.changed': [],
    'agent.presence': [],
    'visitor.typing': [],
  };
  for (const name of Object.keys(told) as (keyof Told)[]) {
    screen.on(name, ((news: never) => void told[name].push(news)) as never);
  }
  await new Promise<void>((resolve, reject) => {
    screen.on('connect', resolve);
    screen.on('connect_error', reject);
  });
  return { screen, told };
}

const refusedWith = (screen: Screen): Promise<string> =>
  new Promise((resolve) => {
    screen.on('connect_error', (error) =>
      resolve((error as Error & { data: { code: string } }).data.code),
    );
  });

const ask = (screen: Screen, name: keyof AgentClientEvents, payload: unknown): Promise<Ack> =>
  (screen as unknown as { emitWithAck(name: string, payload: unknown): Promise<Ack> }).emitWithAck(
    name,
    payload,
  );

const revOf = async (id: string): Promise<number> => {
  const rows = await api.db.query<{ rev: string }>('SELECT rev FROM conversation WHERE id = $1', [
    id,
  ]);
  return Number(rows[0]?.rev);
};

const follow = async (screen: Screen, id: string): Promise<void> => {
  const rev = await revOf(id);
  const wanted = { conversationId: id, rev };
  expect(await ask(screen, 'conversation.subscribe', wanted)).toEqual({ ok: true, rev });
};

/** The wake-up that follows a change of an agent. */
const wake = async (agentId: string): Promise<void> => {
  const effects = new Effects();
  effects.agents.add(agentId);
  await api.deps.afterCommit.run(effects);
};

const command = async (token: string, id: string, body: object) =>
  api.call('post', `/conversations/${id}/commands`, token).send(body).expect(200);

async function scene() {
  const queue = await makeQueue(api.db);
  const agent = await makeAgent(api.db, [queue]);
  const conversation = await begin(api, queue, { name: 'Ada' });
  await api.deps.afterCommit.settled();
  return { queue, agent, ...conversation };
}

describe('signing in', () => {
  it('takes a session token, or the cookie from our own pages', async () => {
    const agent = await makeAgent(api.db, []);
    const token = await api.tokenFor(agent);
    expect(await refusedWith(connect({}))).toBe('UNAUTHENTICATED');
    expect(await refusedWith(connect({ auth: { token: `${token}x` } }))).toBe('UNAUTHENTICATED');
    const Cookie = `switchyard_session=${token}`;
    const from = (Origin: string) => connect({ extraHeaders: { Cookie, Origin } });
    expect(await refusedWith(from('https://evil.example'))).toBe('ORIGIN_REFUSED');
    const ours = from(api.url);
    await new Promise<void>((resolve) => void ours.on('connect', resolve));
  });

  it('ends with the session', async () => {
    const agent = await makeAgent(api.db, []);
    const { screen } = await screenOf(agent);
    const ended = new Promise((resolve) => void screen.on('disconnect', resolve));
    const { effects } = await endSessions(api.db, agent, {});
    await api.deps.afterCommit.run(effects);
    expect(await ended).toBe('io server disconnect');
  });
});

describe('the stream of a conversation', () => {
  it('tells every change, and what was missed to one that comes back', async () => {
    const { agent, id, say } = await scene();
    const { screen, told } = await screenOf(agent);
    const start = await revOf(id);
    await follow(screen, id);
    await say('two');
    const changes = told['conversation.changed'];
    await until('it is told', async () => changes.length === 1);
    expect(changes[0]).toMatchObject({
      conversationId: id,
      fromRev: start,
      rev: start + 1,
      conversation: { lastSeq: 2 },
      messages: [{ seq: 2, text: 'two' }],
      events: [],
    });
    await ask(screen, 'conversation.unsubscribe', { conversationId: id });
    await say('three');
    await say('four');
    await ask(screen, 'conversation.subscribe', { conversationId: id, rev: start + 1 });
    await until('the rest is told', async () => changes.at(-1)?.rev === start + 3);
    expect(changes.slice(1).flatMap(({ messages }) => messages.map(({ seq }) => seq))).toEqual([
      3, 4,
    ]);
  });

  it('comes within a second or so where the wake-up was lost', async () => {
    const { agent, id } = await scene();
    const { screen, told } = await screenOf(agent);
    await follow(screen, id);
    await ask(screen, 'list.subscribe', { list: 'agent', id: agent });
    await api.db.query(`UPDATE conversation SET subject = 'x', rev = rev + 1 WHERE id = $1`, [id]);
    await until('the poll finds it', async () => told['conversation.changed'].length === 1);
    await until('the list hears, too', async () => told['list.changed'].length > 0);
    expect(told['list.changed'].at(-1)).toMatchObject({ conversation: { subject: 'x' } });
  });

  it('goes on after the listening connection broke', async () => {
    const { agent, id, say } = await scene();
    const { screen, told } = await screenOf(agent);
    await follow(screen, id);
    const listeners = `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'switchyard listener'`;
    const before = await api.db.query<{ pid: number }>(listeners);
    for (const { pid } of before) await api.db.query('SELECT pg_terminate_backend($1)', [pid]);
    await until('it listens again', async () => {
      const [now] = await api.db.query<{ pid: number }>(listeners);
      return now && !before.some(({ pid }) => pid === now.pid);
    });
    await say('still there?');
    await until('it is told', async () => told['conversation.changed'].length > 0);
  });

  it('ends when the conversation goes out of sight', async () => {
    const { agent, id, say } = await scene();
    const other = await makeAgent(api.db, [await makeQueue(api.db)]);
    const { screen, told } = await screenOf(agent);
    await follow(screen, id);
    await command(await api.tokenFor(agent), id, {
      name: 'transferToAgent',
      args: { agentId: other },
    });
    await until('it is gone', async () => told['conversation.gone'].length === 1);
    expect(told['conversation.gone']).toEqual([{ conversationId: id }]);
    await say('a secret for the next agent');
    const { screen: theirs, told: seen } = await screenOf(other);
    await ask(theirs, 'conversation.subscribe', { conversationId: id, rev: 1 });
    await until('the next agent reads it', async () => seen['conversation.changed'].length > 0);
    const texts = told['conversation.changed'].flatMap(({ messages }) => messages);
    expect(texts).toEqual([]);
  });

  it('is refused with a code for what one may not see, or cannot be', async () => {
    const { id } = await scene();
    const boss = await makeAgent(api.db, [], { role: 'supervisor' });
    const stranger = await makeAgent(api.db, []);
    const { screen } = await screenOf(stranger);
    const { screen: bossScreen } = await screenOf(boss);
    const refusals: [Screen, keyof AgentClientEvents, unknown, string][] = [
      [screen, 'conversation.subscribe', { conversationId: id, rev: 0 }, 'NOT_FOUND'],
      [screen, 'conversation.subscribe', { conversationId: newId(), rev: 0 }, 'NOT_FOUND'],
      [screen, 'conversation.subscribe', { conversationId: 'x', rev: 0 }, 'INVALID_REQUEST'],
      [screen, 'conversation.subscribe', { conversationId: id, rev: -1 }, 'INVALID_REQUEST'],
      [screen, 'conversation.subscribe', null, 'INVALID_REQUEST'],
      [bossScreen, 'conversation.subscribe', { conversationId: id, rev: 999 }, 'SEQUENCE_GAP'],
      [screen, 'list.subscribe', { list: 'agent', id: boss }, 'NOT_FOUND'],
      [screen, 'list.subscribe', { list: 'queue', id: newId() }, 'NOT_FOUND'],
      [screen, 'list.subscribe', { list: 'everything', id: newId() }, 'INVALID_REQUEST'],
      [screen, 'presence', { conversationId: id, state: 'viewing' }, 'NOT_FOUND'],
      [screen, 'presence', { conversationId: id, state: 'dancing' }, 'INVALID_REQUEST'],
    ];
    for (const [who, name, payload, code] of refusals) {
      expect([name, payload, await ask(who, name, payload)]).toEqual([
        name,
        payload,
        expect.objectContaining({ ok: false, code }),
      ]);
    }
  });
});

describe('the streams of lists', () => {
  it('tell both lists when a conversation goes from one to the other', async () => {
    const from = await makeQueue(api.db, { delivery: 'manual' });
    const to = await makeQueue(api.db, { delivery: 'manual' });
    const agent = await makeAgent(api.db, [from]);
    await makeAgent(api.db, [to]);
    const boss = await makeAgent(api.db, [], { role: 'supervisor' });
    const { id } = await begin(api, from, { name: 'Ada' });
    const { screen, told } = await screenOf(agent);
    const { screen: bossScreen, told: bossTold } = await screenOf(boss);
    await ask(screen, 'list.subscribe', { list: 'queue', id: from });
    await ask(screen, 'list.subscribe', { list: 'agent', id: agent });
    for (const queue of [from, to]) {
      await ask(bossScreen, 'list.subscribe', { list: 'queue', id: queue });
    }
    const token = await api.tokenFor(agent);
    await api.call('post', `/conversations/${id}/take`, token).expect(200);
    const places = (all: Told) =>
      all['list.changed'].map((c) => `${c.list} ${c.left ? 'left' : c.conversation?.placement}`);
    await until('both lists of the agent hear', async () => told['list.changed'].length === 2);
    expect(places(told).sort()).toEqual(['agent assigned', 'queue left']);
    expect(told['list.changed'].find(({ left }) => left)).toMatchObject({
      id: from,
      conversationId: id,
      conversation: null,
    });
    await command(token, id, { name: 'transferToQueue', args: { queueId: to } });
    await until('it has left the agent', async () => told['list.changed'].length === 3);
    expect(places(told).at(-1)).toBe('agent left');
    const last = async () => bossTold['list.changed'].slice(-2).map((c) => [c.id, c.left]);
    await until('both queues hear', async () => (await last()).some(([queue]) => queue === to));
    expect(await last()).toEqual([
      [from, true],
      [to, false],
    ]);
  });

  it('tell the agent’s own state', async () => {
    const agent = await makeAgent(api.db, []);
    const { screen, told } = await screenOf(agent);
    await ask(screen, 'list.subscribe', { list: 'agent', id: agent });
    await api.db.query(`UPDATE agent SET state = 'paused', pause_reason = 'tea' WHERE id = $1`, [
      agent,
    ]);
    await wake(agent);
    await until('it is told', async () => told['agent.changed'].length > 0);
    expect(told['agent.changed'].at(-1)).toMatchObject({ state: 'paused', pauseReason: 'tea' });
  });

  it('end for an agent who loses the queue', async () => {
    const queue = await makeQueue(api.db);
    const agent = await makeAgent(api.db, [queue]);
    const { screen, told } = await screenOf(agent);
    await ask(screen, 'list.subscribe', { list: 'queue', id: queue });
    await api.db.query('DELETE FROM queue_member WHERE agent_id = $1', [agent]);
    await wake(agent);
    await until('it is gone', async () => told['list.gone'].length === 1);
    expect(told['list.gone']).toEqual([{ list: 'queue', id: queue }]);
  });
});

describe('what is short-lived', () => {
  it('goes between processes: who looks, who types, and what a visitor writes to the owner only', async () => {
    const { agent, id } = await scene();
    const boss = await makeAgent(api.db, [], { role: 'supervisor' });
    const mine = await screenOf(agent);
    const bosses = await screenOf(boss);
    await follow(mine.screen, id);
    await follow(bosses.screen, id);
    await ask(bosses.screen, 'presence', { conversationId: id, state: 'viewing' });
    await until('the agent sees who looks', async () => mine.told['agent.presence'].length === 1);
    expect(mine.told['agent.presence'][0]).toEqual({
      conversationId: id,
      agentId: boss,
      state: 'viewing',
    });
    const url = api.deps.env.databaseUrl;
    const elsewhere = createHub({ db: api.db, url, report: () => undefined });
    const text = 'I would like to co';
    elsewhere.publishEphemeral({ kind: 'visitorTyping', conversationId: id, typing: true, text });
    await until('both see it', async () => bosses.told['visitor.typing'].length === 1);
    await until('the owner does, too', async () => mine.told['visitor.typing'].length === 1);
    await elsewhere.close();
    expect(mine.told['visitor.typing']).toEqual([{ conversationId: id, typing: true, text }]);
    expect(bosses.told['visitor.typing'][0]?.text).toBeNull();
    bosses.screen.disconnect();
    await until('the boss is away', async () => mine.told['agent.presence'].length === 2);
    expect(mine.told['agent.presence'][1]).toMatchObject({ agentId: boss, state: 'away' });
    expect(api.logged()).not.toContain(text);
  });
});

describe('a client that does not read', () => {
  it('is disconnected once too much waits for it', () => {
    for (const waiting of [Array(257).fill({ data: 'x' }), [{ data: 'x'.repeat(262_145) }]]) {
      const close = jest.fn();
      const terminate = jest.fn();
      const writeBuffer: unknown[] = [{ data: 'x'.repeat(1000) }];
      const conn = { writeBuffer, close, transport: { socket: { terminate } } };
      const socket = { conn, nsp: { name: '/agent' } } as never;
      expect(keepsUp(api.deps, socket)).toBe(true);
      writeBuffer.splice(0, 1, ...waiting);
      expect(keepsUp(api.deps, socket)).toBe(false);
      expect(close).toHaveBeenCalledWith(true);
      expect(terminate).toHaveBeenCalled();
    }
  });
});
