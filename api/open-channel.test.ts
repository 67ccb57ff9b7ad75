import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';
import { makeOpenChannel, webhook, webhookHeaders } from '../tests/support/webhook';

let api: TestApi;
let channel: string;
let agentToken: string;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const queue = await makeQueue(api.db);
  agentToken = await api.tokenFor(await makeAgent(api.db, [queue], { maxUnits: 100_000 }));
  channel = await makeOpenChannel(api, queue, {
    replyUrl: 'http://127.0.0.1:1/',
    windowMode: '24h',
  });
});
afterAll(() => api.close());

const receive = (content: object, by = {}) => webhook(api, channel, 'receive', content, by);
const message = (more: object = {}) => ({
  id: newId(),
  from: { id: newId(), name: 'Ann Example' },
  text: 'Where is my parcel?',
  ...more,
});
const conversation = async (id: string) => {
  await api.deps.afterCommit.settled();
  return (await api.call('get', `/conversations/${id}`, agentToken).expect(200)).body;
};

it('takes a signed message, once, and shows it to the agent with its customer', async () => {
  const content = message({ sentAt: new Date(Date.now() - 60_000).toISOString() });
  const { body } = await receive(content).expect(200);
  expect(body).toMatchObject({ duplicate: false });
  const { body: again } = await receive(content).expect(200);
  expect(again).toEqual({ ...body, duplicate: true });
  const shown = await conversation(body.conversationId);
  expect(shown.identity).toMatchObject({ externalId: content.from.id, name: 'Ann Example' });
  expect(shown.messages).toMatchObject([{ id: body.messageId, seq: 1, text: content.text }]);
  // A day from when it was written, not from when it came.
  const left = Date.parse(shown.conversation.windowExpiresAt) - Date.now();
  expect(left).toBeLessThan(24 * 3_600_000 - 59_000);
  expect(left).toBeGreaterThan(24 * 3_600_000 - 120_000);
});

it('takes one message of 200 deliveries at once', async () => {
  const content = message();
  const answers = await Promise.all(Array.from({ length: 200 }, () => receive(content)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
  expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
});

it('keeps a file, byte for byte, for whoever may see the conversation', async () => {
  const bytes = Buffer.from('%PDF-1.7\n\0\u00ff and the rest');
  const file = { name: 'invoice.pdf', content: bytes.toString('base64') };
  const content = message({ text: undefined, file });
  const { body } = await receive(content).expect(200);
  await receive(content).expect(200);
  const shown = await conversation(body.conversationId);
  const [kept] = shown.messages[0].files;
  expect(kept).toMatchObject({ name: 'invoice.pdf', mime: 'application/pdf', size: bytes.length });
  const { body: link } = await api.call('get', `/files/${kept.id}`, agentToken).expect(200);
  const fetched = await fetch(link.url.replace(/^https?:\/\/[^/]+/, api.url));
  expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true);
  const rows = await api.db.query('SELECT id FROM file WHERE id = $1', [kept.id]);
  expect(rows).toHaveLength(1);
});

it('takes a file of 15 MB with its text', async () => {
  const large = Buffer.alloc(15 * 1024 * 1024, 'text ');
  const file = { name: 'large.txt', content: large.toString('base64') };
  const { body } = await receive(message({ file })).expect(200);
  const shown = await conversation(body.conversationId);
  expect(shown.messages[0]).toMatchObject({
    text: 'Where is my parcel?',
    files: [{ size: large.length }],
  });
});

it('verifies the very bytes, however the JSON is written', async () => {
  const text = '{ "text":"Gr\\u00fc\\u00dfe \\/ 🙂",\n "from":{"id":"c"}, "id":"spaced" }';
  const { body } = await webhook(api, channel, 'receive', text).expect(200);
  expect((await conversation(body.conversationId)).messages[0].text).toBe('Grüße / 🙂');
  await api
    .call('post', `/channels/${channel}/receive`)
    .set({ 'content-type': 'application/json', ...webhookHeaders(text) })
    .send(JSON.stringify(JSON.parse(text)))
    .expect(401);
});

it('takes what became of a reply, and never lets it go back', async () => {
  const { body } = await receive(message()).expect(200);
  await api.deps.afterCommit.settled();
  const { body: reply } = await api
    .call('post', `/conversations/${body.conversationId}/messages`, agentToken)
    .send({ text: 'on its way' })
    .expect(201);
  expect(reply.delivery).toBe('pending');
  const report = (state: string) => webhook(api, channel, 'status', { messageId: reply.id, state });
  expect((await report('read').expect(404)).body.code).toBe('NOT_FOUND');
  await api.db.query(`UPDATE message SET delivery = 'sent', attempts = 1 WHERE id = $1`, [
    reply.id,
  ]);
  expect((await report('delivered').expect(200)).body).toEqual({
    messageId: reply.id,
    state: 'delivered',
  });
  expect((await report('read').expect(200)).body.state).toBe('read');
  expect((await report('delivered').expect(200)).body.state).toBe('read');
  const shown = await conversation(body.conversationId);
  expect(shown.messages[1]).toMatchObject({ delivery: 'read' });
  expect(shown.conversation.customerSeenSeq).toBe(2);
});

it('logs no word, no name and no signature', () => {
  const logged = api.logged();
  expect(logged.length).toBeGreaterThan(1000);
  for (const word of ['parcel', 'Ann Example', 'on its way', 'v1,']) {
    expect(logged).not.toContain(word);
  }
});
