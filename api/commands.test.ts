import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin, type Begun } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';
import { driveConversation } from '../tests/support/workflow-driver';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true, realtime: true });
});
beforeEach(() => {
  api.decides = true;
});
afterAll(() => api.close());

const count = async (table: 'command' | 'claim' | 'message', id: string) => {
  const sql = `SELECT count(*)::int AS n FROM ${table} WHERE conversation_id = $1`;
  return (await api.db.query<{ n: number }>(sql, [id]))[0]?.n;
};
const give = (token: string, id: string, body: object, key = newId()) =>
  api.call('post', `/conversations/${id}/commands`, token).set('Idempotency-Key', key).send(body);
/** Where it stands once all that followed is done: a hand-out comes after the outcome. */
const row = async (id: string) => {
  await api.deps.afterCommit.settled();
  const rows = await api.db.query<Record<string, unknown>>(
    'SELECT status, placement, owner_id, queue_id, survey FROM conversation WHERE id = $1',
    [id],
  );
  return rows[0];
};

/** An agent with a conversation, a colleague in another queue, and a supervisor. */
async function scene(settings = {}) {
  const queue = await makeQueue(api.db, { settings });
  const other = await makeQueue(api.db, { delivery: 'manual' });
  const agent = await makeAgent(api.db, [queue]);
  const colleague = await makeAgent(api.db, [other]);
  const boss = await makeAgent(api.db, [], { role: 'supervisor' });
  const conversation: Begun = await begin(api, queue);
  expect(await row(conversation.id)).toMatchObject({ owner_id: agent });
  return {
    ...conversation,
    queue,
    other,
    agent,
    colleague,
    token: await api.tokenFor(agent),
    bossToken: await api.tokenFor(boss),
  };
}

describe('a command', () => {
  it('is answered with its outcome once it is decided', async () => {
    const s = await scene();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const waiting = await give(s.token, s.id, { name: 'setWaiting', args: { until } }).expect(200);
    expect(waiting.body).toEqual({ conversationId: s.id, number: 1, outcome: 'applied' });
    const { body } = await api.call('get', `/conversations/${s.id}`, s.token);
    expect(body.conversation).toMatchObject({ status: 'waiting', snoozeUntil: until });
    await give(s.token, s.id, { name: 'resume' }).expect(200);
    await give(s.bossToken, s.id, { name: 'release' }).expect(200);
    expect(await row(s.id)).toMatchObject({ placement: 'assigned', owner_id: s.agent });
    const there = { name: 'transferToQueue', args: { queueId: s.other } };
    await give(s.token, s.id, there).expect(200);
    expect(await row(s.id)).toMatchObject({ placement: 'queued', queue_id: s.other });
    const hers = { name: 'assignTo', args: { agentId: s.colleague } };
    await give(s.bossToken, s.id, hers).expect(200);
    expect(await row(s.id)).toMatchObject({ placement: 'assigned', owner_id: s.colleague });
    await give(s.bossToken, s.id, { name: 'solve' }).expect(200);
    await give(s.bossToken, s.id, { name: 'close' }).expect(200);
    expect(await row(s.id)).toMatchObject({ status: 'closed', placement: null });
  });

  it('that stays undecided is 202 after 5 s, and its number tells later what became of it', async () => {
    const s = await scene();
    api.decides = false;
    const { body } = await give(s.token, s.id, { name: 'solve' }).expect(202);
    expect(body).toEqual({ conversationId: s.id, number: 1, outcome: null });
    const path = `/conversations/${s.id}/commands/1`;
    const asked = await api.call('get', path, s.token).expect(200);
    expect(asked.body).toMatchObject({ name: 'solve', giverId: s.agent, outcome: null });
    await driveConversation(api.db, s.id);
    const decided = await api.call('get', path, s.token).expect(200);
    expect(decided.body.outcome).toBe('applied');
    await api.call('get', `/conversations/${s.id}/commands/2`, s.token).expect(404);
  });

  it('that the workflow refuses is answered with the refusal', async () => {
    const s = await scene();
    api.decides = false;
    const first = give(s.bossToken, s.id, { name: 'solve' });
    const second = give(s.token, s.id, { name: 'solve' });
    const answers = Promise.all([first, second]);
    while ((await count('command', s.id)) !== 2) await new Promise((go) => setTimeout(go, 5));
    await driveConversation(api.db, s.id);
    const statuses = (await answers).map(({ status, body }) => [status, body.code ?? body.outcome]);
    expect(statuses.sort()).toEqual([
      [200, 'applied'],
      [409, 'CONVERSATION_SOLVED'],
    ]);
  });

  it('refused leaves no trace', async () => {
    const s = await scene();
    const stranger = await api.tokenFor(await makeAgent(api.db, [s.other]));
    await api.call('post', `/conversations/${s.id}/seen`, s.token).send({ seq: 1 });
    await s.say('wait, one more thing');
    const before = await api.call('get', `/conversations/${s.id}`, s.token);
    const emptyQueue = await makeQueue(api.db);
    const away = await makeAgent(api.db, [s.queue], { in: false });
    const refusals: [string, object, number, string][] = [
      [stranger, { name: 'solve' }, 404, 'NOT_FOUND'],
      [s.token, { name: 'release' }, 403, 'FORBIDDEN'],
      [s.token, { name: 'assignTo', args: { agentId: s.colleague } }, 403, 'FORBIDDEN'],
      [s.token, { name: 'resume' }, 409, 'ILLEGAL_TRANSITION'],
      [s.token, { name: 'solve', afterSeq: 1 }, 409, 'MESSAGE_UNSEEN'],
      [s.token, { name: 'close', afterSeq: 1 }, 409, 'MESSAGE_UNSEEN'],
      [s.token, { name: 'setWaiting', afterSeq: 1 }, 409, 'MESSAGE_UNSEEN'],
      [s.token, { name: 'solve', afterSeq: 3 }, 409, 'SEQUENCE_GAP'],
      [s.token, { name: 'transferToQueue', args: { queueId: emptyQueue } }, 409, 'QUEUE_EMPTY'],
      [s.token, { name: 'transferToQueue', args: { queueId: newId() } }, 404, 'NOT_FOUND'],
      [s.token, { name: 'transferToAgent', args: { agentId: away } }, 409, 'AGENT_NOT_LOGGED_IN'],
      [s.token, { name: 'transferToAgent', args: { agentId: s.agent } }, 409, 'ALREADY_ASSIGNED'],
    ];
    for (const [token, wish, status, code] of refusals) {
      const { body } = await give(token, s.id, wish).expect(status);
      expect([wish, body.code]).toEqual([wish, code]);
    }
    expect(await count('command', s.id)).toBe(0);
    const after = await api.call('get', `/conversations/${s.id}`, s.token);
    expect(after.body).toEqual(before.body);
  });

  it('is refused on what is solved, surveyed or closed, and so is a reply', async () => {
    const survey = await scene({ survey: { enabled: true } });
    await give(survey.token, survey.id, { name: 'solve' }).expect(200);
    const plain = await scene();
    await give(plain.token, plain.id, { name: 'solve' }).expect(200);
    const over = await scene();
    await give(over.bossToken, over.id, { name: 'close' }).expect(200);
    const locked = [
      [survey, 'CONVERSATION_IN_SURVEY'],
      [plain, 'CONVERSATION_SOLVED'],
      [over, 'CONVERSATION_CLOSED'],
    ] as const;
    for (const [s, code] of locked) {
      const wishes = [
        { name: 'setWaiting' },
        { name: 'transferToQueue', args: { queueId: s.other } },
        { name: 'assignTo', args: { agentId: s.colleague } },
      ];
      for (const wish of wishes) {
        const { body } = await give(s.bossToken, s.id, wish).expect(409);
        expect([wish.name, body.code]).toEqual([wish.name, code]);
      }
      const reply = api.call('post', `/conversations/${s.id}/messages`, s.token);
      expect((await reply.send({ text: 'still there?' }).expect(409)).body.code).toBe(code);
    }
  });
});

describe('a repeat', () => {
  it('of a command gets the first outcome, even when the conversation has gone out of sight by it', async () => {
    const s = await scene();
    const key = newId();
    const wish = { name: 'transferToAgent', args: { agentId: s.colleague } };
    const first = await give(s.token, s.id, wish, key).expect(200);
    await api.call('get', `/conversations/${s.id}`, s.token).expect(404);
    const second = await give(s.token, s.id, wish, key).expect(200);
    expect(second.body).toEqual(first.body);
    expect(await count('command', s.id)).toBe(1);
    const number = String(first.body.number);
    await api.call('get', `/conversations/${s.id}/commands/${number}`, s.token).expect(200);
    const other = { name: 'transferToAgent', args: { agentId: s.agent } };
    const { body } = await give(s.token, s.id, other, key).expect(422);
    expect(body.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('of a message gets the first message', async () => {
    const s = await scene();
    const key = newId();
    const send = (body: object) =>
      api
        .call('post', `/conversations/${s.id}/messages`, s.token)
        .set('Idempotency-Key', key)
        .send(body);
    const answers = await Promise.all([1, 2, 3].map(() => send({ text: 'Hello!' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id as string)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ seq: 2, direction: 'out', text: 'Hello!' });
    await give(s.token, s.id, { name: 'solve' }).expect(200);
    await send({ text: 'Hello!' }).expect(200);
    expect((await send({ text: 'Bye!' }).expect(422)).body.code).toBe('IDEMPOTENCY_MISMATCH');
    expect(await count('message', s.id)).toBe(2);
  });

  it('of a claim gets its outcome, whatever came after', async () => {
    const queue = await makeQueue(api.db, { delivery: 'offer' });
    const agent = await makeAgent(api.db, [queue]);
    const token = await api.tokenFor(agent);
    const { id } = await begin(api, queue);
    expect(await row(id)).toMatchObject({ placement: 'offered', owner_id: agent });
    const key = newId();
    const accept = () =>
      api.call('post', `/conversations/${id}/accept`, token).set('Idempotency-Key', key);
    const first = await accept().expect(200);
    expect(first.body).toEqual({ conversationId: id, claim: 'accept' });
    await give(token, id, { name: 'close' }).expect(200);
    expect((await accept().expect(200)).body).toEqual(first.body);
    expect(await count('claim', id)).toBe(2);
    const another = api.call('post', `/conversations/${id}/accept`, token);
    expect((await another.expect(409)).body.code).toBe('CONVERSATION_CLOSED');
  });
});

describe('claims', () => {
  it('of 50 agents for one conversation: one wins, the others are told', async () => {
    const queue = await makeQueue(api.db, { delivery: 'manual' });
    const agents = await Promise.all(Array.from({ length: 50 }, () => makeAgent(api.db, [queue])));
    const tokens = await Promise.all(agents.map((agent) => api.tokenFor(agent)));
    const { id } = await begin(api, queue);
    const answers = await Promise.all(
      tokens.map((token) => api.call('post', `/conversations/${id}/take`, token)),
    );
    const winners = answers.flatMap(({ status }, i) => (status === 200 ? [agents[i]] : []));
    expect(winners).toHaveLength(1);
    expect(await row(id)).toMatchObject({ placement: 'assigned', owner_id: winners[0] });
    const told = answers.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    // Who asks when it has left the line may not even see it.
    expect(told.filter((code) => code !== 'ALREADY_TAKEN' && code !== 'NOT_FOUND')).toEqual([]);
    expect(told).toHaveLength(49);
    expect(await count('claim', id)).toBe(1);
  });

  it('of an offer: rejecting passes it on, and only the one who is offered it may answer', async () => {
    const queue = await makeQueue(api.db, { delivery: 'offer' });
    const first = await makeAgent(api.db, [queue]);
    const { id } = await begin(api, queue);
    const second = await makeAgent(api.db, [queue]);
    const boss = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
    const asBoss = await api.call('post', `/conversations/${id}/accept`, boss).expect(409);
    expect(asBoss.body.code).toBe('OFFER_GONE');
    const token = await api.tokenFor(first);
    await api.call('post', `/conversations/${id}/reject`, token).expect(200);
    expect(await row(id)).toMatchObject({ placement: 'offered', owner_id: second });
    await api.call('post', `/conversations/${id}/accept`, token).expect(404);
    await api.call('post', `/conversations/${id}/accept`, await api.tokenFor(second)).expect(200);
    expect(await row(id)).toMatchObject({ placement: 'assigned', owner_id: second });
  });

  it('need an agent who is logged in', async () => {
    const queue = await makeQueue(api.db, { delivery: 'manual' });
    const agent = await makeAgent(api.db, [queue]);
    const token = await api.tokenFor(agent);
    const { id } = await begin(api, queue);
    await api.db.query(`UPDATE agent SET state = 'logged_off' WHERE id = $1`, [agent]);
    const { body } = await api.call('post', `/conversations/${id}/take`, token).expect(409);
    expect(body.code).toBe('AGENT_UNAVAILABLE');
  });
});

describe('messages of agents', () => {
  it('are the assignee’s; notes are also a supervisor’s, and stay in the house', async () => {
    const s = await scene();
    const path = `/conversations/${s.id}/messages`;
    const boss = await api.call('post', path, s.bossToken).send({ text: 'Hi' }).expect(403);
    expect(boss.body.code).toBe('NOT_ASSIGNEE');
    const note = await api
      .call('post', path, s.bossToken)
      .send({ kind: 'note', text: 'Mind the tone' })
      .expect(201);
    expect(note.body).toMatchObject({ direction: 'note', delivery: 'none', seq: 2 });
    const reply = await api.call('post', path, s.token).send({ text: 'Hi' }).expect(201);
    expect(reply.body).toMatchObject({ direction: 'out', delivery: 'sent', authorId: s.agent });
    const { body } = await api.call('get', `/conversations/${s.id}`, s.token);
    expect(body.conversation.preview).toEqual({ seq: 3, direction: 'out', text: 'Hi' });
    await give(s.bossToken, s.id, { name: 'close' }).expect(200);
    const late = { kind: 'note', text: 'late' };
    const refused = await api.call('post', path, s.token).send(late);
    expect(refused.body.code).toMatch(/^(CONVERSATION_CLOSED|NOT_ASSIGNEE)$/);
    await api.call('post', path, s.bossToken).send(late).expect(201);
  });
});
