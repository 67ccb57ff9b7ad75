/** Bad input by visitors, by systems behind open channels, and in files: each has its code, and changes nothing. */
import { newId } from '../db/ids';
import { signVisitorToken } from '../channels/inbound';
import { visitorSecret } from '../platform/channel-secrets';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';
import { makeLiveChat, makeVisitor, WEBSITE, type TestVisitor } from '../tests/support/visitor';
import { makeOpenChannel, webhook, webhookHeaders } from '../tests/support/webhook';

const SECRET_WORDS = 'words that must stay between us';
const PNG = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1');

let api: TestApi;
let visitor: TestVisitor;
let stranger: TestVisitor;
let agent: string;
let before: string;
/** What paths and bodies of the rows are filled in with. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const survey = { enabled: true };
  const queue = await makeQueue(api.db, { settings: { survey } });
  agent = await api.tokenFor(await makeAgent(api.db, [queue], { maxUnits: 100_000 }));
  const [chat, other, off] = [
    await makeLiveChat(api, queue, { maxFileBytes: 2000 }),
    await makeLiveChat(api, queue, { allowedOrigins: ['https://other.example'] }),
    await makeLiveChat(api, queue),
  ];
  const open = await makeOpenChannel(api, queue, { maxFileBytes: 2000 });
  const openOff = await makeOpenChannel(api, queue);
  visitor = await makeVisitor(api, chat);
  stranger = await makeVisitor(api, chat);
  const offVisitor = await makeVisitor(api, off);
  await api.db.query('UPDATE channel SET enabled = false WHERE id = ANY($1)', [[off, openOff]]);
  const command = (id: string, name: string) =>
    api.call('post', `/conversations/${id}/commands`, agent).send({ name }).expect(200);
  const closed = await visitor.say('the first');
  await command(closed.conversationId, 'close');
  const surveyed = await stranger.say('the second');
  await command(surveyed.conversationId, 'solve');
  const live = await visitor.say('the third');
  const { body: file } = await api.call('post', '/files', agent).attach('file', PNG, 'a.png');
  const { body: mine } = await visitor.post('/files').attach('file', PNG, 'a.png');
  Object.assign(ids, {
    ...{ chat, other, off, open, openOff, offToken: offVisitor.token },
    ...{ live: live.conversationId, closed: closed.conversationId },
    ...{ foreign: surveyed.conversationId, file: file.id, mine: mine.id },
  });
  await api.deps.afterCommit.settled();
  before = await everything();
});
afterAll(() => api.close());

/** All that a request could have changed, as text. */
async function everything(): Promise<string> {
  const tables = [
    ...['conversation', 'message', 'command', 'conversation_event', 'survey_answer'],
    ...['identity', 'file', 'message_file', 'channel', 'hand_out'],
  ];
  const rows = await Promise.all(
    tables.map((table) => api.db.query(`SELECT t::text FROM ${table} t ORDER BY 1`)),
  );
  return JSON.stringify(rows);
}

const filled = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(/:(\w+)/g, (whole, name: string) => ids[name] ?? whole),
  ) as T;

async function expectRefusal(
  answer: PromiseLike<{ status: number; body: unknown; text: string; headers: object }>,
  status: number,
  code: string,
): Promise<void> {
  const { status: got, body, text } = await answer;
  expect([got, body]).toEqual([
    status,
    {
      code,
      message: expect.any(String),
      details: expect.any(Object),
      requestId: expect.any(String),
    },
  ]);
  expect(text).not.toContain(SECRET_WORDS);
}

afterEach(async () => {
  await api.deps.afterCommit.settled();
  expect(await everything()).toBe(before);
  expect(api.logged()).not.toContain(SECRET_WORDS);
});

const invalid = [400, 'INVALID_REQUEST'] as const;
const missing = [404, 'NOT_FOUND'] as const;
const message = (more: object = {}) => ({ id: 'm', text: SECRET_WORDS, ...more });

describe('a visitor', () => {
  const unauthenticated = [401, 'UNAUTHENTICATED'] as const;
  const made = (who: object, at = Date.now()): string =>
    signVisitorToken(
      visitorSecret(api.deps.env.secret),
      { channelId: ids['chat'] ?? '', externalId: 'v', ...who },
      at,
    ).token;

  it.each<[string, () => string]>([
    ['no token', () => ''],
    ['a token that is none', () => 'nonsense-nonsense-nonsense'],
    ['an agent’s token', () => agent],
    ['a forged token', () => `${visitor.token.slice(0, -6)}AAAAAA`],
    [
      'a token with another visitor in it',
      () => {
        const [v, , signature] = visitor.token.split('.');
        const payload = Buffer.from(JSON.stringify([ids['chat'], 'v', 9e15])).toString('base64url');
        return `${v}.${payload}.${signature}`;
      },
    ],
    ['an expired token', () => made({}, Date.now() - 100 * 86_400_000)],
    ['a token of a channel that is gone', () => made({ channelId: newId() })],
    ['a token of a channel that is no live chat', () => made({ channelId: ids['open'] })],
  ])('is not let in with %s', async (_what, token) => {
    for (const path of ['/conversation', '/history']) {
      const call = api.call('get', `/visitor${path}`, token() || undefined).set('Origin', WEBSITE);
      await expectRefusal(call, ...unauthenticated);
    }
    const write = api.call('post', '/visitor/messages', token() || undefined);
    await expectRefusal(write.set('Origin', WEBSITE).send(message()), ...unauthenticated);
  });

  it.each([undefined, 'null', 'https://other.example', 'http://shop.example', `${WEBSITE}/`])(
    'is not let in from the origin %s',
    async (origin) => {
      for (const [method, path] of [
        ['get', '/conversation'],
        ['post', '/messages'],
        ['post', '/files'],
        ['post', '/end'],
      ] as const) {
        const call = api.call(method, `/visitor${path}`, visitor.token);
        if (origin) call.set('Origin', origin);
        await expectRefusal(method === 'post' ? call.send(message()) : call, 403, 'ORIGIN_REFUSED');
      }
    },
  );

  type Row = [what: string, path: string, body: unknown, status: number, code: string];
  it.each<Row>([
    ['an unknown channel', `/channels/${newId()}/sessions`, {}, ...missing],
    ['a channel that is no id', '/channels/17/sessions', {}, ...missing],
    ['a channel of another kind', '/channels/:open/sessions', {}, ...missing],
    ['a channel of another website', '/channels/:other/sessions', {}, 403, 'ORIGIN_REFUSED'],
    ['a channel that is off', '/channels/:off/sessions', {}, 409, 'CHANNEL_DISABLED'],
    ['a name with a line break', '/channels/:chat/sessions', { name: 'a\nb' }, ...invalid],
    ['an address that is none', '/channels/:chat/sessions', { email: SECRET_WORDS }, ...invalid],
    ['a session with a field more', '/channels/:chat/sessions', { role: 'admin' }, ...invalid],
    ['a message without id', '/messages', { text: SECRET_WORDS }, ...invalid],
    ['a message with an empty id', '/messages', message({ id: '' }), ...invalid],
    ['an id that is too long', '/messages', message({ id: 'x'.repeat(65) }), ...invalid],
    ['a text that is a number', '/messages', message({ text: 7 }), ...invalid],
    ['no text and no file', '/messages', { id: 'm' }, ...invalid],
    ['only spaces', '/messages', message({ text: ' \n ' }), ...invalid],
    ['a text that is too long', '/messages', message({ text: 'x'.repeat(4001) }), ...invalid],
    ['a NUL in a text', '/messages', message({ text: `${SECRET_WORDS}\0` }), ...invalid],
    ['half a character', '/messages', message({ text: '\ud83d' }), ...invalid],
    ['six files', '/messages', message({ fileIds: Array(6).fill(newId()) }), ...invalid],
    ['a file that is no id', '/messages', message({ fileIds: ['../etc'] }), ...invalid],
    ['an unknown file', '/messages', message({ fileIds: [newId()] }), ...missing],
    ['an agent’s file', '/messages', message({ fileIds: [':file'] }), ...missing],
    ['a word that means nothing', '/messages', message({ during: 'maybe' }), ...invalid],
    ['a field that is not known', '/messages', message({ humanTag: true }), ...invalid],
    ['a list', '/messages', [message()], ...invalid],
    ['a mark without a number', '/seen', { conversationId: ':live' }, ...invalid],
    ['a mark below zero', '/seen', { conversationId: ':live', seq: -1 }, ...invalid],
    ['a mark beyond all numbers', '/seen', { conversationId: ':live', seq: 2 ** 40 }, ...invalid],
    [
      'a mark beyond the last message',
      '/seen',
      { conversationId: ':live', seq: 9 },
      409,
      'SEQUENCE_GAP',
    ],
    ['a mark in a foreign one', '/seen', { conversationId: ':foreign', seq: 0 }, ...missing],
    ['a mark in an unknown one', '/seen', { conversationId: newId(), seq: 0 }, ...missing],
    ['the end of nothing', '/end', {}, ...invalid],
    ['the end of a foreign one', '/end', { conversationId: ':foreign' }, ...missing],
    ['the end of an unknown one', '/end', { conversationId: newId() }, ...missing],
    ['the end of a closed one', '/end', { conversationId: ':closed' }, 409, 'CONVERSATION_CLOSED'],
    ['a rating of 0', '/survey', { conversationId: ':live', rating: 0 }, ...invalid],
    ['a rating of 11', '/survey', { conversationId: ':live', rating: 11 }, ...invalid],
    ['a rating between', '/survey', { conversationId: ':live', rating: 7.5 }, ...invalid],
    [
      'a rating and a skip',
      '/survey',
      { conversationId: ':live', rating: 7, skip: true },
      ...invalid,
    ],
    ['neither', '/survey', { conversationId: ':live' }, ...invalid],
    [
      'a rating without a survey',
      '/survey',
      { conversationId: ':live', rating: 7 },
      409,
      'ILLEGAL_TRANSITION',
    ],
    [
      'a rating of a closed one',
      '/survey',
      { conversationId: ':closed', rating: 7 },
      409,
      'CONVERSATION_CLOSED',
    ],
    ['a rating of a foreign one', '/survey', { conversationId: ':foreign', rating: 7 }, ...missing],
    ['a skip of a foreign one', '/survey', { conversationId: ':foreign', skip: true }, ...missing],
  ])('is refused %s', async (_what, path, body, status, code) => {
    await expectRefusal(visitor.post(filled(path)).send(filled(body) as object), status, code);
  });

  it.each<[string, string, number, string]>([
    ['messages of a foreign one', '/messages?conversationId=:foreign', ...missing],
    ['messages of an unknown one', `/messages?conversationId=${newId()}`, ...missing],
    ['messages of nothing', '/messages', ...invalid],
    ['a gap', '/messages?conversationId=:live&afterSeq=2', 409, 'SEQUENCE_GAP'],
    ['a sequence that is none', '/messages?conversationId=:live&afterSeq=x', ...invalid],
    ['too many at once', '/messages?conversationId=:live&limit=201', ...invalid],
    ['a page before nothing', '/history?before=0', ...invalid],
    ['an agent’s file', '/files/:file', ...missing],
    ['an unknown file', `/files/${newId()}`, ...missing],
    ['a file that is no id', '/files/..%2F..%2Fetc', ...missing],
    ['the text of a foreign one', '/transcript?conversationId=:foreign', ...missing],
    ['an unknown address', '/everything', ...missing],
  ])('does not read %s', async (_what, path, status, code) => {
    await expectRefusal(visitor.get(filled(path)), status, code);
  });

  it('must say what a message means during a survey', async () => {
    for (const more of [{}, { during: 'answer', text: 'not a rating' }]) {
      await expectRefusal(stranger.post('/messages', message(more)), 409, 'CONVERSATION_IN_SURVEY');
    }
    await expectRefusal(
      stranger.post('/end', { conversationId: ids['foreign'] }),
      409,
      'CONVERSATION_IN_SURVEY',
    );
  });

  it('writes nothing to a channel that is off', async () => {
    const call = (path: string) =>
      api.call('post', `/visitor${path}`, ids['offToken']).set('Origin', WEBSITE);
    await expectRefusal(call('/messages').send(message()), 409, 'CHANNEL_DISABLED');
    await expectRefusal(call('/files').attach('file', PNG, 'a.png'), 409, 'CHANNEL_DISABLED');
  });

  it('sends JSON that is JSON, and not too much of it', async () => {
    const send = (type: string, body: string) =>
      api
        .call('post', '/visitor/messages', visitor.token)
        .set({ Origin: WEBSITE, 'content-type': type })
        .send(body);
    const json = 'application/json';
    await expectRefusal(send(json, `{"id":"${SECRET_WORDS}`), 400, 'MALFORMED_JSON');
    await expectRefusal(send(json, 'null'), 400, 'MALFORMED_JSON');
    await expectRefusal(send('text/plain', SECRET_WORDS), 415, 'UNSUPPORTED_MEDIA_TYPE');
    const large = JSON.stringify(message({ text: SECRET_WORDS.repeat(20_000) }));
    await expectRefusal(send(json, large), 413, 'PAYLOAD_TOO_LARGE');
  });
});

describe('a file', () => {
  const page = Buffer.from(`<script>${SECRET_WORDS}</script>`);
  it.each<[string, string, Buffer, number, string]>([
    ['over the limit of its channel', 'a.txt', Buffer.alloc(2001, 'a'), 413, 'FILE_TOO_LARGE'],
    ['with a dangerous ending', 'a.html', page, 415, 'FILE_KIND_REFUSED'],
    ['with a false ending', 'a.pdf', PNG, 415, 'FILE_KIND_REFUSED'],
    ['with a false content', 'a.png', page, 415, 'FILE_KIND_REFUSED'],
    ['with nothing in it', 'a.txt', Buffer.alloc(0), 415, 'FILE_KIND_REFUSED'],
  ])('is refused %s', async (_what, name, bytes, status, code) => {
    await expectRefusal(visitor.post('/files').attach('file', bytes, name), status, code);
    const file = { name, content: bytes.toString('base64') };
    const content = { id: newId(), from: { id: newId() }, file };
    const expected: [number, string] = bytes.length > 0 ? [status, code] : [...invalid];
    await expectRefusal(webhook(api, ids['open'] ?? '', 'receive', content), ...expected);
  });

  it('is refused over 20 MB, with a false type said, in a false part, twice, and as JSON', async () => {
    const post = () => api.call('post', '/files', agent);
    const large = Buffer.alloc(20 * 1024 * 1024 + 1, 'a');
    await expectRefusal(post().attach('file', large, 'a.txt'), 413, 'FILE_TOO_LARGE');
    const said = { filename: 'a.png', contentType: 'application/pdf' };
    await expectRefusal(post().attach('file', PNG, said), 415, 'FILE_KIND_REFUSED');
    await expectRefusal(post().attach('picture', PNG, 'a.png'), ...invalid);
    await expectRefusal(
      post().attach('file', PNG, 'a.png').attach('file', PNG, 'b.png'),
      ...invalid,
    );
    await expectRefusal(post().field('file', 'text'), ...invalid);
    await expectRefusal(post().send({ file: 'a' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    const broken = post().set('content-type', 'multipart/form-data; boundary=x').send('--x\r\nbad');
    await expectRefusal(broken, ...invalid);
  });

  it('is nothing to somebody without a sign-in', async () => {
    const call = api.call('post', '/files').attach('file', PNG, 'a.png');
    await expectRefusal(call, 401, 'UNAUTHENTICATED');
    await expectRefusal(api.call('get', `/files/${ids['file']}`), 401, 'UNAUTHENTICATED');
    await expectRefusal(api.call('get', `/files/${newId()}`, agent), ...missing);
  });
});

describe('a system behind an open channel', () => {
  const content = { id: 'm', from: { id: 'c' }, text: SECRET_WORDS };
  const text = JSON.stringify(content);
  const forged = [401, 'SIGNATURE_INVALID'] as const;
  const now = () => Math.floor(Date.now() / 1000);
  const send = (headers: Record<string, string>, body = text) =>
    api
      .call('post', `/channels/${ids['open']}/receive`)
      .set({ 'content-type': 'application/json', ...headers })
      .send(body);

  it('must sign, with its own secret, these very bytes, now', async () => {
    const { 'webhook-signature': signature = '', ...rest } = webhookHeaders(text);
    await expectRefusal(send({}), ...forged);
    await expectRefusal(send(rest), ...forged);
    await expectRefusal(send({ ...rest, 'webhook-signature': signature.slice(3) }), ...forged);
    await expectRefusal(send(webhookHeaders(text, { key: Buffer.from('other') })), ...forged);
    await expectRefusal(send(webhookHeaders(text), `${text} `), ...forged);
    const moved = { ...webhookHeaders(text), 'webhook-id': 'other' };
    await expectRefusal(send(moved), ...forged);
    for (const timestamp of [now() - 301, now() + 310]) {
      await expectRefusal(send(webhookHeaders(text, { timestamp })), 401, 'SIGNATURE_REPLAYED');
    }
    await expectRefusal(send(webhookHeaders(text, { timestamp: NaN })), ...forged);
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', '', 400, 'MALFORMED_JSON'],
    ['half a body', '{"id":', 400, 'MALFORMED_JSON'],
    ['null', 'null', ...invalid],
    ['a list', [content], ...invalid],
    ['no id', { ...content, id: undefined }, ...invalid],
    ['a number for an id', { ...content, id: 5 }, ...invalid],
    ['no customer', { ...content, from: undefined }, ...invalid],
    ['neither text nor file', { ...content, text: undefined }, ...invalid],
    ['a NUL', { ...content, text: `${SECRET_WORDS}\0` }, ...invalid],
    ['a field that is not known', { ...content, status: 'closed' }, ...invalid],
    ['a time that is none', { ...content, sentAt: 'now' }, ...invalid],
    [
      'a file that is no base64',
      { ...content, file: { name: 'a.txt', content: '%%%' } },
      ...invalid,
    ],
  ])('is refused %s', async (_what, body, status, code) => {
    const call = webhook(api, ids['open'] ?? '', 'receive', body as object);
    await expectRefusal(call, status, code);
  });

  it('is refused more than a file of 15 MB takes', async () => {
    const file = { name: 'a.txt', content: 'A'.repeat(22 * 1024 * 1024) };
    const call = webhook(api, ids['open'] ?? '', 'receive', { ...content, file });
    await expectRefusal(call, 413, 'PAYLOAD_TOO_LARGE');
  });

  it('speaks to a channel that is there, is open, and is on', async () => {
    for (const id of [newId(), '17', ids['chat'] ?? '']) {
      await expectRefusal(webhook(api, id, 'receive', content), ...missing);
      await expectRefusal(webhook(api, id, 'status', content), ...missing);
    }
    const off = webhook(api, ids['openOff'] ?? '', 'receive', content);
    await expectRefusal(off, 409, 'CHANNEL_DISABLED');
  });

  it('reports only what it was sent, in words that we know', async () => {
    const report = (body: object) => webhook(api, ids['open'] ?? '', 'status', body);
    await expectRefusal(report({ messageId: newId(), state: 'read' }), ...missing);
    await expectRefusal(report({ messageId: '17', state: 'read' }), ...invalid);
    await expectRefusal(report({ messageId: newId(), state: 'eaten' }), ...invalid);
    await expectRefusal(report(content), ...invalid);
  });
});
