import { io } from 'socket.io-client';
import type { VisitorConversation, VisitorMessage } from '../../contracts/visitor';
import { createTestApi, type TestApi } from '../../tests/support/api';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { makeLiveChat, makeVisitor, type TestVisitor } from '../../tests/support/visitor';
import { connectWidget, type WidgetSocket } from '../../tests/support/visitor-socket';
import { until } from '../../tests/support/world';

let api: TestApi;
let channel: string;
let quietChannel: string;
let agentId: string;
let agent: string;
let visitor: TestVisitor;
const sockets: { close(): unknown }[] = [];
beforeAll(async () => {
  api = await createTestApi({}, { driven: true, realtime: true });
  const queue = await makeQueue(api.db, { settings: { survey: { enabled: true } } });
  agentId = await makeAgent(api.db, [queue], { maxUnits: 100_000 });
  agent = await api.tokenFor(agentId);
  channel = await makeLiveChat(api, queue, { sneakPeek: true });
  quietChannel = await makeLiveChat(api, queue);
});
afterAll(() => api.close());
beforeEach(async () => {
  visitor = await makeVisitor(api, channel);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function widget(of = visitor, options = {}): Promise<WidgetSocket> {
  const socket = await connectWidget(api.url, of.token, options);
  sockets.push(socket);
  return socket;
}

const act = (id: string, path: string, body: object) =>
  api.call('post', `/conversations/${id}${path}`, agent).send(body);

/** What a widget shows that takes every change over, and complains of a gap. */
function shownBy({ changes }: WidgetSocket): {
  conversation: VisitorConversation | null;
  messages: VisitorMessage[];
} {
  let conversation: VisitorConversation | null = null as VisitorConversation | null;
  const messages = new Map<string, VisitorMessage>();
  for (const change of changes) {
    if (conversation?.id !== change.conversationId) {
      expect(change.fromRev).toBe(0);
      messages.clear();
    } else expect(change.fromRev).toBe(conversation.rev);
    conversation = change.conversation;
    for (const message of change.messages) messages.set(message.id, message);
  }
  return { conversation, messages: [...messages.values()].sort((a, b) => a.seq - b.seq) };
}

const caughtUp = (socket: WidgetSocket, of = visitor) =>
  until('the widget shows what a reload would show', async () => {
    const { body } = await of.get('/conversation');
    expect(shownBy(socket)).toEqual(body);
    return true;
  });

it('shows after every step what a reload would show', async () => {
  const socket = await widget();
  expect(await socket.follow()).toBeNull();
  const { conversationId: id } = await visitor.say('hello');
  expect(await socket.follow()).toBe(id);
  await caughtUp(socket);
  const steps: (() => PromiseLike<unknown>)[] = [
    () => act(id, '/messages', { text: 'hi' }).expect(201),
    () => act(id, '/messages', { kind: 'note', text: 'between us' }).expect(201),
    () => visitor.post('/seen', { conversationId: id, seq: 2 }).expect(204),
    () => act(id, '/seen', { seq: 1 }).expect(204),
    () => act(id, '/commands', { name: 'setWaiting' }).expect(200),
    () => visitor.say('and one more'),
    () => act(id, '/commands', { name: 'solve' }).expect(200),
    () => visitor.post('/survey', { conversationId: id, rating: 8 }).expect(200),
  ];
  for (const step of steps) {
    await step();
    await caughtUp(socket);
  }
  expect(shownBy(socket).conversation).toMatchObject({ status: 'closed' });
  expect(JSON.stringify(socket.changes)).not.toContain('between us');
});

it('goes over to the next conversation by itself', async () => {
  const socket = await widget();
  const { conversationId: first } = await visitor.say('hello');
  await socket.follow();
  await act(first, '/commands', { name: 'solve' }).expect(200);
  const { conversationId: second } = await visitor.say('something new', { during: 'new' });
  expect(second).not.toBe(first);
  await caughtUp(socket);
  expect(shownBy(socket).conversation?.id).toBe(second);
});

it('tells a browser that comes back only what it lacks', async () => {
  const { conversationId: id } = await visitor.say('1');
  const socket = await widget();
  await socket.follow();
  await caughtUp(socket);
  const { rev } = shownBy(socket).conversation ?? { rev: 0 };
  socket.close();
  await visitor.say('2');
  await act(id, '/messages', { text: '3' }).expect(201);
  const again = await widget();
  await again.follow(id, rev);
  await until('the rest has come', async () => again.changes.length > 0);
  expect(again.changes[0]).toMatchObject({ conversationId: id, fromRev: rev });
  expect(again.changes.flatMap(({ messages }) => messages.map(({ text }) => text))).toEqual([
    '2',
    '3',
  ]);
});

it('tells several windows of one visitor, and nobody else', async () => {
  const stranger = await makeVisitor(api, channel);
  const { conversationId: id } = await visitor.say('hello');
  await stranger.say('I am somebody else');
  const [one, two, other] = [await widget(), await widget(), await widget(stranger)];
  for (const socket of [one, two, other]) await socket.follow();
  await caughtUp(other, stranger);
  const before = other.changes.length;
  await act(id, '/messages', { text: 'for you alone' }).expect(201);
  for (const socket of [one, two]) await caughtUp(socket);
  expect(other.changes).toHaveLength(before);
  // Asking for another's conversation gets one's own.
  expect(await other.follow(id, 0)).not.toBe(id);
});

it('passes typing on both ways, and the draft to the owner alone', async () => {
  const { conversationId } = await visitor.say('hello');
  const colleague = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
  const screen = async (token: string) => {
    const socket = io(`${api.url}/agent`, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
    });
    sockets.push(socket);
    const heard: { typing: boolean; text: string | null }[] = [];
    socket.on('visitor.typing', (news) => void heard.push(news));
    await socket.emitWithAck('conversation.subscribe', { conversationId, rev: 0 });
    return { socket, heard };
  };
  const owner = await screen(agent);
  const watcher = await screen(colleague);
  const socket = await widget();
  await socket.follow();
  socket.type(true, 'h');
  for (const text of ['he', 'hel', 'hell', 'hello?']) socket.type(true, text);
  await until('the last draft has come', async () => owner.heard.at(-1)?.text === 'hello?');
  expect(owner.heard.length).toBeLessThanOrEqual(3);
  expect(watcher.heard.map(({ text }) => text)).toEqual(watcher.heard.map(() => null));
  socket.type(false);
  await until('it is over', async () => owner.heard.at(-1)?.typing === false);
  socket.type(true, 'x'.repeat(2000));
  await until('a long draft is cut', async () => owner.heard.at(-1)?.text?.length === 1000);
  socket.close();
  await until('leaving ends it', async () => owner.heard.at(-1)?.typing === false);

  const back = await widget();
  await back.follow();
  watcher.socket.emit('presence', { conversationId, state: 'typing' });
  owner.socket.emit('presence', { conversationId, state: 'typing' });
  await until('the agent types', async () => back.typing.length > 0);
  owner.socket.emit('presence', { conversationId, state: 'viewing' });
  await until('the agent has stopped', async () => back.typing.at(-1) === false);
  // A supervisor who types is nothing to the customer.
  expect(back.typing).toEqual([true, false]);
});

it('keeps the draft to itself where the channel does not want it', async () => {
  const discreet = await makeVisitor(api, quietChannel);
  const { conversationId } = await discreet.say('hello');
  const socket = io(`${api.url}/agent`, { auth: { token: agent }, transports: ['websocket'] });
  sockets.push(socket);
  const heard: { typing: boolean; text: string | null }[] = [];
  socket.on('visitor.typing', (news) => void heard.push(news));
  await socket.emitWithAck('conversation.subscribe', { conversationId, rev: 0 });
  const browser = await widget(discreet);
  await browser.follow();
  browser.type(true, 'not yet said');
  await until('the agent hears that something is typed', async () => heard.length > 0);
  expect(heard).toEqual([expect.objectContaining({ typing: true, text: null })]);
});

it('lets in by a token from an allowed website, by either transport', async () => {
  for (const transports of [['websocket'], ['polling']]) {
    await widget(visitor, { transports });
    const evil = { transports, origin: 'https://evil.example' };
    await expect(widget(visitor, evil)).rejects.toThrow('ORIGIN_REFUSED');
    for (const token of ['', 'x', `${visitor.token}x`, agent]) {
      await expect(connectWidget(api.url, token, { transports } as never)).rejects.toThrow(
        'UNAUTHENTICATED',
      );
    }
  }
});

it('answers what does not fit with a code, and stays', async () => {
  const socket = await widget();
  const raw = socket.socket as never as {
    timeout(ms: number): {
      emitWithAck(event: string, ...sent: unknown[]): Promise<{ code?: string }>;
    };
  };
  for (const sent of [
    undefined,
    null,
    'x',
    {},
    { conversationId: 'x', rev: 0 },
    { conversationId: null, more: 1 },
    { rev: -1 },
  ]) {
    expect(await raw.timeout(5000).emitWithAck('follow', sent)).toMatchObject({
      ok: false,
      code: 'INVALID_REQUEST',
    });
  }
  for (const sent of [{ typing: 'yes' }, { typing: true, text: 'x'.repeat(2001) }, { text: 'x' }]) {
    expect(await raw.timeout(5000).emitWithAck('typing', sent)).toMatchObject({
      code: 'INVALID_REQUEST',
    });
  }
  expect(await socket.follow()).toBeNull();
  expect(api.logged()).not.toContain('hello?');
});
