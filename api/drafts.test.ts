import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let queueId: string;
let [mine, others] = ['', ''];
let id: string;

beforeAll(async () => {
  api = await createTestApi();
  queueId = await makeQueue(api.db, { delivery: 'manual' });
  [mine, others] = [
    await api.tokenFor(await makeAgent(api.db, [queueId])),
    await api.tokenFor(await makeAgent(api.db, [queueId])),
  ];
  ({ id } = await begin(api, queueId));
});
afterAll(() => api.close());

const draft = () => `/conversations/${id}/draft`;

test('what was begun is there again, for whoever began it', async () => {
  const { body: before } = await api.call('get', draft(), mine).expect(200);
  expect(before).toEqual({ reply: '', note: '', updatedAt: null });
  await api.call('put', draft(), mine).send({ reply: 'Dear', note: '' }).expect(200);
  await api.call('put', draft(), mine).send({ reply: 'Dear Cora', note: 'ask Ari' }).expect(200);
  const { body: after } = await api.call('get', draft(), mine).expect(200);
  expect(after).toEqual({
    reply: 'Dear Cora',
    note: 'ask Ari',
    updatedAt: expect.any(String) as string,
  });
  const { body: theirs } = await api.call('get', draft(), others).expect(200);
  expect(theirs).toEqual(before);
});

test('two empty texts leave nothing behind', async () => {
  await api.call('put', draft(), mine).send({ reply: 'x', note: '' }).expect(200);
  const { body } = await api.call('put', draft(), mine).send({ reply: '', note: '' }).expect(200);
  expect(body).toEqual({ reply: '', note: '', updatedAt: null });
  expect(await api.db.query('SELECT 1 FROM draft')).toEqual([]);
});

test('who may not see the conversation has no draft of it', async () => {
  const stranger = await api.tokenFor(await makeAgent(api.db, []));
  await api.call('get', draft(), stranger).expect(404);
  await api.call('put', draft(), stranger).send({ reply: 'x', note: '' }).expect(404);
});

test('a text that is too long is refused', async () => {
  const reply = 'x'.repeat(10_001);
  const { body } = await api.call('put', draft(), mine).send({ reply, note: '' }).expect(400);
  expect(body).toMatchObject({ code: 'INVALID_REQUEST' });
});
