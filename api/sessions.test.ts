import request from 'supertest';
import { hashPassword } from '../platform/passwords';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../tests/support/people';
import { receiveMessage } from '../db/messages/receive-message';
import { takeConversation } from '../db/routing/claim';
import { newId } from '../db/ids';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';

/** An agent who is logged off and can sign in. */
async function person(
  options: { role?: 'agent' | 'supervisor' | 'admin'; queues?: string[] } = {},
): Promise<{ id: string; email: string }> {
  const { queues = [], role = 'agent' } = options;
  const id = await makeAgent(api.db, queues, { in: false, role });
  await api.db.query('UPDATE agent SET password_hash = $2 WHERE id = $1', [
    id,
    await hashPassword(password),
  ]);
  return { id, email: `${id}@example.test` };
}

const signIn = (body: object) => api.call('post', '/sessions').send(body);

const stateOf = async (id: string) =>
  (await api.db.query<{ state: string }>('SELECT state FROM agent WHERE id = $1', [id]))[0]?.state;

async function holdOne(agentId: string, queueId: string): Promise<string> {
  const channel = await makeChannel(api.db, queueId);
  const customer = await makeCustomer(api.db, channel);
  const { value } = await receiveMessage(api.db, { ...customer, externalId: newId(), text: 'hi' });
  await takeConversation(api.db, value.conversationId, agentId, newId());
  return value.conversationId;
}

describe('signing in', () => {
  it('gives a token, a cookie and a CSRF token, and makes the agent available without any queue', async () => {
    const { id, email } = await person();
    const { body, headers } = await signIn({ email: email.toUpperCase(), password }).expect(201);
    expect(body.agent).toMatchObject({ id, email, state: 'available', absent: false });
    expect(body.agent).not.toHaveProperty('passwordHash');
    expect(String(headers['set-cookie'])).toMatch(
      new RegExp(`^switchyard_session=${body.token}; Path=/; Expires=.+; HttpOnly; SameSite=Lax$`),
    );
    const current = await api.call('get', '/sessions/current', body.token).expect(200);
    expect(current.body).toMatchObject({ agent: { id }, csrfToken: body.csrfToken });
  });

  it('can begin paused', async () => {
    const { id, email } = await person();
    await signIn({ email, password, state: 'paused' }).expect(201);
    expect(await stateOf(id)).toBe('paused');
  });

  it('answers an unknown address and a wrong password alike, and as slowly', async () => {
    const { email } = await person();
    const times: number[] = [];
    const bodies: unknown[] = [];
    for (const who of [email, `${newId()}@example.test`]) {
      const began = performance.now();
      const { body } = await signIn({ email: who, password: 'wrong wrong' }).expect(401);
      times.push(performance.now() - began);
      bodies.push({ ...body, requestId: '' });
    }
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).toMatchObject({ code: 'SIGN_IN_FAILED', details: {} });
    // Without the hash of nobody the second takes a tenth of the first.
    expect(times[1]).toBeGreaterThan((times[0] ?? 0) / 5);
  });

  it('slows down who guesses at one address, and nobody else', async () => {
    const { email } = await person();
    const other = await person();
    const answers = [];
    for (let i = 0; i < 11; i++) answers.push(await signIn({ email, password: `guess ${i}` }));
    expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(401), 429]);
    expect(answers.at(-1)?.body.code).toBe('RATE_LIMITED');
    expect(answers.at(-1)?.headers['retry-after']).toMatch(/^\d+$/);
    await signIn({ email, password }).expect(429);
    await signIn({ email: other.email, password }).expect(201);
  });

  it('answers a repeat with the same session', async () => {
    const { id, email } = await person();
    const once = () => signIn({ email, password }).set('Idempotency-Key', 'sign-in-1');
    const [first, second] = [await once(), await once()];
    expect(second.body.token).toBe(first.body.token);
    const rows = await api.db.query('SELECT 1 FROM session WHERE agent_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  it('refuses an archived agent', async () => {
    const { id, email } = await person();
    await api.db.query('UPDATE agent SET archived_at = now() WHERE id = $1', [id]);
    await signIn({ email, password }).expect(401);
  });
});

describe('a session', () => {
  it('by cookie needs the CSRF token for anything but a read', async () => {
    const { id, email } = await person();
    const { body } = await signIn({ email, password });
    const path = `${api.url}/api/v1/agents/${id}/state`;
    const pause = () =>
      request(path)
        .put('')
        .set('Cookie', `a=b; switchyard_session=${body.token}`)
        .send({ state: 'paused' });
    expect((await pause()).body).toMatchObject({
      code: 'FORBIDDEN',
      details: { missing: 'x-csrf-token' },
    });
    expect((await pause().set('X-CSRF-Token', 'x'.repeat(43))).status).toBe(403);
    expect(await stateOf(id)).toBe('available');
    expect((await pause().set('X-CSRF-Token', body.csrfToken)).status).toBe(200);
    const read = await request(`${api.url}/api/v1/sessions/current`)
      .get('')
      .set('Cookie', `switchyard_session=${body.token}`);
    expect(read.status).toBe(200);
  });

  it.each(['nonsense', 'x'.repeat(43), ''])('is not opened by the token %j', async (token) => {
    const { body } = await request(`${api.url}/api/v1/sessions/current`)
      .get('')
      .set('Authorization', `Bearer ${token}`)
      .expect(401);
    expect(body.code).toBe('UNAUTHENTICATED');
  });

  it('ends by itself', async () => {
    const { email } = await person();
    const { body } = await signIn({ email, password });
    await api.db.query('UPDATE session SET expires_at = now() WHERE agent_id = $1', [
      body.agent.id,
    ]);
    await api.call('get', '/sessions/current', body.token).expect(401);
  });

  it('brings back an absent agent by a heartbeat, and by any other request', async () => {
    const { id, email } = await person();
    const { body } = await signIn({ email, password });
    for (const beat of [
      () => api.call('post', '/sessions/current/heartbeat', body.token).expect(204),
      () => api.call('get', '/queues', body.token).expect(200),
    ]) {
      await api.db.query('UPDATE agent SET absent_since = now() WHERE id = $1', [id]);
      await api.db.query(
        `UPDATE session SET last_seen_at = now() - interval '61 s' WHERE agent_id = $1`,
        [id],
      );
      await beat();
      const { body: agent } = await api.call('get', `/agents/${id}`, body.token);
      expect(agent.absent).toBe(false);
    }
  });
});

describe('signing out', () => {
  it('ends the session and logs the agent off with the last one', async () => {
    const { id, email } = await person();
    const [first, second] = [await signIn({ email, password }), await signIn({ email, password })];
    await api.call('delete', '/sessions/current', first.body.token).expect(204);
    expect(await stateOf(id)).toBe('available');
    const last = await api.call('delete', '/sessions/current', second.body.token).expect(204);
    expect(String(last.headers['set-cookie'])).toMatch(/switchyard_session=;.*1970/);
    expect(await stateOf(id)).toBe('logged_off');
    await api.call('get', '/sessions/current', second.body.token).expect(401);
  });

  it('asks what becomes of open conversations', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'manual' });
    const { id, email } = await person({ queues: [queueId] });
    const { body } = await signIn({ email, password });
    const conversationId = await holdOne(id, queueId);
    const refused = await api.call('delete', '/sessions/current', body.token).expect(409);
    expect(refused.body).toMatchObject({ code: 'OPEN_CONVERSATIONS', details: { count: 1 } });
    expect(await stateOf(id)).toBe('available');
    await api.call('get', '/sessions/current', body.token).expect(200);
    await api.call('delete', '/sessions/current?open=release', body.token).expect(204);
    expect(await stateOf(id)).toBe('logged_off');
    const commands = await api.db.query(
      `SELECT name FROM command WHERE conversation_id = $1 AND outcome IS NULL`,
      [conversationId],
    );
    expect(commands).toEqual([{ name: 'release' }]);
    await api.deps.afterCommit.settled();
    expect(api.rings).toContainEqual(
      expect.objectContaining({ conversationId, signal: 'release' }),
    );
  });

  it('keeps them where asked to', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'manual' });
    const { id, email } = await person({ queues: [queueId] });
    const { body } = await signIn({ email, password });
    const conversationId = await holdOne(id, queueId);
    await api.call('delete', '/sessions/current?open=keep', body.token).expect(204);
    const commands = await api.db.query('SELECT 1 FROM command WHERE conversation_id = $1', [
      conversationId,
    ]);
    expect(commands).toEqual([]);
  });

  it('is done to somebody by a supervisor, not by another agent', async () => {
    const { id, email } = await person();
    const boss = await api.tokenFor((await person({ role: 'supervisor' })).id);
    const peer = await api.tokenFor((await person()).id);
    const { body } = await signIn({ email, password });
    await api.call('delete', `/agents/${id}/sessions`, peer).expect(403);
    await api.call('delete', `/agents/${id}/sessions`, boss).expect(204);
    await api.call('get', '/sessions/current', body.token).expect(401);
  });
});
