import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';
import { makeLiveChat, makeVisitor, type TestVisitor } from '../tests/support/visitor';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and the rest of a picture', 'latin1');

let api: TestApi;
let queue: string;
let channel: string;
let agentId: string;
let agent: string;
let visitor: TestVisitor;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  queue = await makeQueue(api.db);
  agentId = await makeAgent(api.db, [queue], { maxUnits: 100_000 });
  agent = await api.tokenFor(agentId);
  channel = await makeLiveChat(api, queue);
});
afterAll(() => api.close());
beforeEach(async () => {
  visitor = await makeVisitor(api, channel);
});

const upload = (bytes: Buffer, name: string, token = agent, key?: string) => {
  const call = api.call('post', '/files', token);
  if (key) call.set('Idempotency-Key', key);
  return call.attach('file', bytes, name);
};
const visitorUpload = (who: TestVisitor, bytes: Buffer, name: string) =>
  who.post('/files').attach('file', bytes, name);
const open = (url: string) => fetch(url.replace(/^https?:\/\/[^/]+/, api.url));
const reply = (id: string, body: object, token = agent) =>
  api.call('post', `/conversations/${id}/messages`, token).send(body);

it('goes from the visitor to the agent, and back', async () => {
  const { body: sent } = await visitorUpload(visitor, PNG, 'Übersicht 1.png');
  expect(sent).toMatchObject({ name: 'Übersicht 1.png', mime: 'image/png', size: PNG.length });
  const { conversationId } = await visitor.say('', { fileIds: [sent.id] });
  const { body: shown } = await api.call('get', `/conversations/${conversationId}`, agent);
  expect(shown.messages[0].files).toEqual([sent]);
  const { body: link } = await api.call('get', `/files/${sent.id}`, agent).expect(200);
  expect(Buffer.from(await (await open(link.url)).arrayBuffer()).equals(PNG)).toBe(true);

  const { body: back } = await upload(Buffer.from('a,b\n1,2\n'), 'table.csv').expect(201);
  await reply(conversationId, { fileIds: [back.id] }).expect(201);
  const { body: mine } = await visitor.get(`/files/${back.id}`).expect(200);
  expect(mine).toMatchObject({ name: 'table.csv', mime: 'text/csv' });
  expect(await (await open(mine.url)).text()).toBe('a,b\n1,2\n');
});

it('is served to be kept, by its link only, for a while', async () => {
  const { body: stored } = await upload(PNG, 'a "quoted" ü.png').expect(201);
  const { body: link } = await api.call('get', `/files/${stored.id}`, agent);
  const { headers, status } = await open(link.url);
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(PNG.length),
    'content-disposition': `attachment; filename="a \\"quoted\\" ?.png"; filename*=UTF-8''a%20%22quoted%22%20%C3%BC.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  });
  const url = new URL(link.url);
  const spoiled = (change: (query: URLSearchParams) => void): string => {
    const other = new URL(url);
    change(other.searchParams);
    return other.toString();
  };
  const wrong = [
    spoiled((query) => query.set('expires', String(Number(query.get('expires')) + 60))),
    spoiled((query) => query.set('expires', '1')),
    spoiled((query) => query.set('signature', 'x'.repeat(43))),
    spoiled((query) => query.delete('signature')),
    url.toString().replace(stored.id, newId()),
    url.toString().replace(stored.id, '..%2F..%2Fetc%2Fpasswd'),
  ];
  for (const each of wrong) {
    const answer = await open(each);
    expect([each, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      each,
      404,
      'NOT_FOUND',
    ]);
  }
});

it('is stored once for one key, and content is kept once', async () => {
  const first = await upload(PNG, 'a.png', agent, 'upload-1').expect(201);
  const second = await upload(PNG, 'a.png', agent, 'upload-1').expect(201);
  expect(second.body).toEqual(first.body);
  const other = await upload(Buffer.from('other'), 'a.txt', agent, 'upload-1').expect(422);
  expect(other.body.code).toBe('IDEMPOTENCY_MISMATCH');
});

describe('belongs to who stored it', () => {
  it('and is nothing to other visitors', async () => {
    const { body: file } = await visitorUpload(visitor, PNG, 'a.png').expect(201);
    const stranger = await makeVisitor(api, channel);
    await stranger.get(`/files/${file.id}`).expect(404);
    await stranger.say('hello');
    await stranger.get(`/files/${file.id}`).expect(404);
    const stolen = { id: newId(), text: 'mine', fileIds: [file.id] };
    expect((await stranger.post('/messages', stolen).expect(404)).body.code).toBe('NOT_FOUND');
    const { body: before } = await stranger.get('/conversation');
    expect(before.messages).toHaveLength(1);
  });

  it('and is nothing to other agents, nor to another conversation', async () => {
    const { conversationId: one } = await visitor.say('hello');
    const { conversationId: two } = await (await makeVisitor(api, channel)).say('hello');
    const { body: file } = await upload(PNG, 'a.png').expect(201);
    const colleague = await api.tokenFor(await makeAgent(api.db, [], { in: false }));
    await api.call('get', `/files/${file.id}`, colleague).expect(404);
    await reply(one, { text: 'see', fileIds: [file.id] }).expect(201);
    // Of the same conversation it may be sent again, elsewhere not.
    await reply(one, { text: 'again', fileIds: [file.id] }).expect(201);
    await reply(two, { text: 'elsewhere', fileIds: [file.id] }).expect(404);
  });

  it('and a visitor never sees what hangs on a note', async () => {
    const { conversationId } = await visitor.say('hello');
    const { body: file } = await upload(PNG, 'internal.png').expect(201);
    await reply(conversationId, { kind: 'note', text: 'look', fileIds: [file.id] }).expect(201);
    await visitor.get(`/files/${file.id}`).expect(404);
  });
});

it('logs no name of a file', () => {
  expect(api.logged()).not.toContain('quoted');
  expect(api.logged()).not.toContain('internal.png');
  expect(api.logged()).not.toMatch(/signature=/);
});
