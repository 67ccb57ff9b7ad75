import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';
import { makeLiveChat, makeVisitor, WEBSITE, type TestVisitor } from '../tests/support/visitor';

let api: TestApi;
let channel: string;
let agentToken: string;
let visitor: TestVisitor;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const survey = { enabled: true, question: 'How was it?' };
  const queue = await makeQueue(api.db, { settings: { survey } });
  agentToken = await api.tokenFor(await makeAgent(api.db, [queue], { maxUnits: 100_000 }));
  channel = await makeLiveChat(api, queue, { welcome: 'Welcome!', maxFileBytes: 5000 });
});
afterAll(() => api.close());
beforeEach(async () => {
  visitor = await makeVisitor(api, channel);
});

const agentCalls = (id: string, path: string, body: object) =>
  api.call('post', `/conversations/${id}${path}`, agentToken).send(body);
const solve = (id: string) => agentCalls(id, '/commands', { name: 'solve' }).expect(200);
const start = (body: object, origin: string | null = WEBSITE) => {
  const call = api.call('post', `/visitor/channels/${channel}/sessions`);
  return (origin === null ? call : call.set('Origin', origin)).send(body);
};

describe('a session', () => {
  it('is new without a token, and the same visitor’s with one', async () => {
    const { body: first } = await start({}).expect(201);
    expect(first).toMatchObject({
      resumed: false,
      conversation: null,
      channel: {
        ...{ id: channel, name: 'Website', welcome: 'Welcome!', maxFileBytes: 5000 },
        ...{ open: true, opensAt: null },
      },
    });
    const days = (Date.parse(first.expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(99);
    const { conversationId } = await visitor.say('hello');
    const { body: again } = await start({ token: visitor.token }).expect(200);
    expect(again).toMatchObject({ resumed: true, conversation: { id: conversationId } });
    const { body: forged } = await start({ token: `${visitor.token}x` }).expect(201);
    expect(forged).toMatchObject({ resumed: false, conversation: null });
  });

  it('keeps what the visitor says of themselves, for the agent', async () => {
    const ann = await makeVisitor(api, channel, { name: 'Ann', email: 'Ann@Example.test' });
    const { conversationId } = await ann.say('hello');
    const { body } = await api.call('get', `/conversations/${conversationId}`, agentToken);
    expect(body.identity).toMatchObject({ name: 'Ann', email: 'ann@example.test' });
    expect(body.contact).toBeNull();
  });

  it('is answered to pages of allowed websites only', async () => {
    const { headers } = await start({}).expect(201);
    expect(headers).toMatchObject({ 'access-control-allow-origin': WEBSITE });
    expect(headers['vary']).toMatch(/Origin/);
    for (const origin of [null, 'null', 'https://evil.example', `${WEBSITE}.evil.example`]) {
      const answer = await start({}, origin).expect(403);
      expect(answer.body.code).toBe('ORIGIN_REFUSED');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const ask = (origin: string) =>
      api
        .call('post', '/visitor/messages')
        .set({ Origin: origin, 'Access-Control-Request-Method': 'POST' });
    const before = await fetch(`${api.url}/api/v1/visitor/messages`, {
      method: 'OPTIONS',
      headers: { Origin: WEBSITE },
    });
    expect(before.status).toBe(204);
    expect(before.headers.get('access-control-allow-headers')).toMatch(/Authorization/);
    expect((await ask('https://evil.example')).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });
});

describe('messages', () => {
  it('are taken once, however often and at however many times at once they are sent', async () => {
    const message = { id: 'b-1', text: 'hello' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => visitor.post('/messages', message)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.conversationId)).size).toBe(1);
    const other = await makeVisitor(api, channel);
    const { body } = await other.post('/messages', message).expect(201);
    expect(body.conversationId).not.toBe(answers[0]?.body.conversationId);
  });

  it('come back after a reload, without the notes of the house', async () => {
    const { conversationId: id } = await visitor.say('first');
    await agentCalls(id, '/messages', { kind: 'note', text: 'difficult customer' }).expect(201);
    await agentCalls(id, '/messages', { text: 'hello, here I am' }).expect(201);
    const { body } = await visitor.get('/conversation').expect(200);
    expect(body.conversation).toMatchObject({
      id,
      status: 'open',
      inLine: false,
      agentName: expect.stringMatching(/^Agent/),
      lastSeq: 3,
    });
    expect(body.messages).toMatchObject([
      { seq: 1, direction: 'in', author: 'customer', text: 'first' },
      { seq: 3, direction: 'out', author: 'agent', text: 'hello, here I am' },
    ]);
    expect(JSON.stringify(body)).not.toContain('difficult');
  });

  it('are filled in by their sequence after a reconnect, and a number beyond the last is a gap', async () => {
    const { conversationId } = await visitor.say('1');
    for (const text of ['2', '3', '4', '5']) await visitor.say(text);
    const page = (query: string) =>
      visitor.get(`/messages?conversationId=${conversationId}&${query}`);
    const { body: two } = await page('afterSeq=2&limit=2').expect(200);
    expect(two.messages.map((m: { text: string }) => m.text)).toEqual(['3', '4']);
    expect(two.more).toBe(true);
    const { body: rest } = await page('afterSeq=4').expect(200);
    expect(rest).toMatchObject({ messages: [{ text: '5' }], more: false });
    const { body: none } = await page('afterSeq=5').expect(200);
    expect(none.messages).toEqual([]);
    const { body: gap } = await page('afterSeq=6').expect(409);
    expect(gap).toMatchObject({ code: 'SEQUENCE_GAP', details: { lastSeq: 5 } });
  });

  it('honour an Idempotency-Key beside their own id', async () => {
    const send = (text: string) =>
      visitor.post('/messages', { id: `i-${text}`, text }).set('Idempotency-Key', 'k1');
    const { body } = await send('one').expect(201);
    expect((await send('one').expect(201)).body).toEqual(body);
    expect((await send('two').expect(422)).body.code).toBe('IDEMPOTENCY_MISMATCH');
  });
});

it('marks are seen on both sides, and never go back', async () => {
  const { conversationId } = await visitor.say('hello');
  await agentCalls(conversationId, '/messages', { text: 'hi' }).expect(201);
  const seen = (seq: number) => visitor.post('/seen', { conversationId, seq });
  await seen(2).expect(204);
  await seen(1).expect(204);
  expect((await seen(3).expect(409)).body.code).toBe('SEQUENCE_GAP');
  const { body } = await api.call('get', `/conversations/${conversationId}`, agentToken);
  expect(body.conversation.customerSeenSeq).toBe(2);
  await api
    .call('post', `/conversations/${conversationId}/seen`, agentToken)
    .send({ seq: 2 })
    .expect(204);
  const mine = await visitor.get('/conversation');
  expect(mine.body.conversation).toMatchObject({ agentSeenSeq: 2, customerSeenSeq: 2 });
});

describe('the end', () => {
  it('is made by the visitor, rated, closed, and then stands in the history', async () => {
    const { conversationId } = await visitor.say('hello');
    const end = visitor.post('/end', { conversationId }).set('Idempotency-Key', 'end');
    expect((await end.expect(200)).body).toMatchObject({ conversationId, outcome: 'applied' });
    const { body: during } = await visitor.get('/conversation');
    expect(during.conversation).toMatchObject({
      status: 'solved',
      survey: { state: 'running', question: 'How was it?', thanks: null },
    });
    const rate = () =>
      visitor
        .post('/survey', { conversationId, rating: 9, comment: 'quick' })
        .set('Idempotency-Key', 'rate');
    const { body: rated } = await rate().expect(200);
    expect((await rate().expect(200)).body).toEqual(rated);
    const { body: history } = await visitor.get('/history').expect(200);
    expect(history).toMatchObject({
      items: [{ id: conversationId, status: 'closed', survey: { state: 'answered' } }],
      next: null,
    });
    const answers = await api.db.query(
      'SELECT rating, comment FROM survey_answer WHERE conversation_id = $1',
      [conversationId],
    );
    expect(answers).toEqual([{ rating: 9, comment: 'quick' }]);
  });

  it('may go without a rating', async () => {
    const { conversationId } = await visitor.say('hello');
    await solve(conversationId);
    await visitor.post('/survey', { conversationId, skip: true }).expect(200);
    const { body } = await visitor.get('/conversation');
    expect(body.conversation).toMatchObject({ status: 'closed', survey: { state: 'skipped' } });
  });

  it('asks what a message during the survey means, and stores it only then', async () => {
    const { conversationId } = await visitor.say('hello');
    await solve(conversationId);
    const { body } = await visitor
      .post('/messages', { id: 's1', text: 'one more thing' })
      .expect(409);
    expect(body).toMatchObject({ code: 'CONVERSATION_IN_SURVEY' });
    const fresh = await visitor.say('one more thing', { during: 'new' });
    expect(fresh.conversationId).not.toBe(conversationId);
    const now = await visitor.get('/conversation');
    expect(now.body.conversation).toMatchObject({ id: fresh.conversationId, status: 'open' });
  });

  it('takes a rating in words', async () => {
    const { conversationId } = await visitor.say('hello');
    await solve(conversationId);
    await visitor.say('10 - thank you', { during: 'answer' });
    const { body } = await visitor.get('/history');
    expect(body.items[0]).toMatchObject({ id: conversationId, survey: { state: 'answered' } });
  });

  it('is refused twice', async () => {
    const { conversationId } = await visitor.say('hello');
    await solve(conversationId);
    const { body } = await visitor.post('/end', { conversationId }).expect(409);
    expect(body.code).toBe('CONVERSATION_IN_SURVEY');
  });
});

it('gives history in pages of eight', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) {
    const { conversationId } = await visitor.say(`hello ${i}`);
    await agentCalls(conversationId, '/commands', { name: 'close' }).expect(200);
    ids.unshift(conversationId);
  }
  const { body: first } = await visitor.get('/history').expect(200);
  expect(first.items.map((c: { id: string }) => c.id)).toEqual(ids.slice(0, 8));
  const { body: second } = await visitor.get(`/history?before=${first.next}`).expect(200);
  expect(second.items.map((c: { id: string }) => c.id)).toEqual(ids.slice(8));
  expect(second.next).toBeNull();
});

it('gives the whole conversation as a text to keep', async () => {
  const { conversationId } = await visitor.say('Grüße 🙂');
  await agentCalls(conversationId, '/messages', { text: 'hello' }).expect(201);
  await agentCalls(conversationId, '/messages', { kind: 'note', text: 'secret' }).expect(201);
  const { text, headers } = await visitor
    .get(`/transcript?conversationId=${conversationId}`)
    .expect(200);
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="conversation-\d+\.txt"$/);
  expect(text).toMatch(/You\nGrüße 🙂\n\n\d{4}-.* Agent .*\nhello\n$/);
  expect(text).not.toContain('secret');
});

it('slows down a browser that floods', async () => {
  const statuses: number[] = [];
  const text = 'flood';
  for (let i = 0; i < 45; i++) {
    statuses.push((await visitor.post('/messages', { id: newId(), text })).status);
  }
  expect(statuses.slice(0, 40)).toEqual(Array(40).fill(201));
  expect(statuses.slice(40)).toEqual(Array(5).fill(429));
});

it('logs no word and no name', () => {
  const logged = api.logged();
  expect(logged.length).toBeGreaterThan(1000);
  for (const word of ['Grüße', 'one more thing', 'ann@example', 'quick', 'thank you']) {
    expect(logged).not.toContain(word);
  }
  expect(logged).not.toContain(visitor.token);
});
