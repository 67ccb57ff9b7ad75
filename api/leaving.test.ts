/** What becomes of an agent's conversations when the agent leaves, or is sent on a pause or home. */
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
let boss: { id: string; token: string };
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
  const id = await makeAgent(api.db, [], { role: 'supervisor' });
  boss = { id, token: await api.tokenFor(id) };
});
beforeEach(() => setting({ onLogout: 'ask' }));
afterAll(() => api.close());

const setting = async (settings: object): Promise<void> => {
  await api
    .call('put', '/settings', admin)
    .send({ companyName: 'A', ...settings })
    .expect(200);
};
const stateOf = async (agent: string): Promise<unknown> =>
  (await api.db.query('SELECT state FROM agent WHERE id = $1', [agent]))[0]?.state;
const rowOf = async (id: string) => {
  await api.deps.afterCommit.settled();
  const sql = 'SELECT status, placement, owner_id, front FROM conversation WHERE id = $1';
  return (await api.db.query<Record<string, unknown>>(sql, [id]))[0];
};
const auditOf = (agent: string) =>
  api.db.query('SELECT actor_id, action, detail FROM audit WHERE target = $1 ORDER BY id', [
    `agent/${agent}`,
  ]);

/** An agent with one session, who holds an open and a waiting conversation. */
async function busyAgent() {
  const queue = await makeQueue(api.db);
  const agent = await makeAgent(api.db, [queue], { in: true });
  await api.db.query('UPDATE session SET ended_at = now() WHERE agent_id = $1', [agent]);
  const token = await api.tokenFor(agent);
  const [open, waiting] = [(await begin(api, queue)).id, (await begin(api, queue)).id];
  await api
    .call('post', `/conversations/${waiting}/commands`, token)
    .send({ name: 'setWaiting' })
    .expect(200);
  return { agent, token, open, waiting };
}
const leave = (token: string, open?: string) =>
  api.call('delete', `/sessions/current${open ? `?open=${open}` : ''}`, token);

describe('signing out', () => {
  it('asks, and says what it asks about', async () => {
    const s = await busyAgent();
    const { body } = await leave(s.token).expect(409);
    const details = { count: 2, statuses: { open: 1, waiting: 1 } };
    expect(body).toMatchObject({ code: 'OPEN_CONVERSATIONS', details });
    await leave(s.token, 'keep').expect(204);
    expect(await rowOf(s.open)).toMatchObject({ owner_id: s.agent });
  });

  it('releases by the rule of the house, first in line', async () => {
    await setting({ onLogout: 'release' });
    const s = await busyAgent();
    await leave(s.token).expect(204);
    expect(await rowOf(s.open)).toMatchObject({ placement: 'queued', owner_id: null, front: true });
    expect(await rowOf(s.waiting)).toMatchObject({ status: 'waiting', owner_id: null });
  });

  it('keeps by the rule of the house, unless the agent says otherwise', async () => {
    await setting({ onLogout: 'keep' });
    const [first, second] = [await busyAgent(), await busyAgent()];
    await leave(first.token).expect(204);
    expect(await rowOf(first.open)).toMatchObject({ owner_id: first.agent });
    await leave(second.token, 'release').expect(204);
    expect(await rowOf(second.open)).toMatchObject({ owner_id: null });
  });

  it('is refused while something is in a status of which the house says so', async () => {
    await setting({ onLogout: { refuseWhile: ['open'] } });
    const s = await busyAgent();
    for (const open of [undefined, 'keep', 'release']) {
      const { body } = await leave(s.token, open).expect(409);
      const details = { count: 1, statuses: { open: 1 } };
      expect(body).toMatchObject({ code: 'LOGOUT_REFUSED', details });
    }
    expect(await stateOf(s.agent)).toBe('available');
    await api
      .call('post', `/conversations/${s.open}/commands`, s.token)
      .send({ name: 'solve' })
      .expect(200);
    await leave(s.token, 'release').expect(204);
    expect(await stateOf(s.agent)).toBe('logged_off');
  });

  it('is not held up by what nobody has thought of: archiving releases, whatever the rule', async () => {
    await setting({ onLogout: 'keep' });
    const s = await busyAgent();
    await api.call('delete', `/agents/${s.agent}`, admin).expect(409);
    await api.call('delete', `/agents/${s.agent}?open=release`, admin).expect(204);
    expect(await rowOf(s.open)).toMatchObject({ owner_id: null });
  });
});

describe('a supervisor', () => {
  it('logs an agent off whatever the house says, and it is in the audit', async () => {
    await setting({ onLogout: { refuseWhile: ['open'] } });
    const s = await busyAgent();
    const path = `/agents/${s.agent}/sessions`;
    expect((await api.call('delete', path, boss.token).expect(409)).body.code).toBe(
      'OPEN_CONVERSATIONS',
    );
    expect(await auditOf(s.agent)).toEqual([]);
    await api.call('delete', `${path}?open=release&reason=ill`, boss.token).expect(204);
    expect(await stateOf(s.agent)).toBe('logged_off');
    expect(await rowOf(s.open)).toMatchObject({ placement: 'queued', owner_id: null });
    expect(await auditOf(s.agent)).toEqual([
      { actor_id: boss.id, action: 'agent.logout', detail: { open: 'release', reason: 'ill' } },
    ]);
    const events = await api.call('get', `/conversations/${s.open}/events`, boss.token);
    const [released] = events.body.items.filter(
      ({ kind }: { kind: string }) => kind === 'released',
    );
    expect(released).toMatchObject({ actorKind: 'supervisor', actorId: boss.id });
  });

  it('pauses an agent, with or without what the agent holds, and it is in the audit', async () => {
    const s = await busyAgent();
    const path = `/agents/${s.agent}/state`;
    const pause = { state: 'paused', reason: 'training' };
    const { body } = await api.call('put', path, boss.token).send(pause).expect(200);
    expect(body).toMatchObject({ state: 'paused', pauseReason: 'training' });
    expect(await rowOf(s.open)).toMatchObject({ owner_id: s.agent });
    await api
      .call('put', path, boss.token)
      .send({ ...pause, open: 'release' })
      .expect(200);
    expect(await rowOf(s.open)).toMatchObject({ placement: 'queued', owner_id: null, front: true });
    await api.call('put', path, boss.token).send({ state: 'available' }).expect(200);
    expect(await rowOf(s.open)).toMatchObject({ owner_id: s.agent });
    const done = await auditOf(s.agent);
    expect(done.map((entry) => entry.detail)).toEqual([
      { state: 'paused', reason: 'training', open: 'keep' },
      { state: 'paused', reason: 'training', open: 'release' },
      { state: 'available', reason: null, open: 'keep' },
    ]);
  });

  it('is who does that: an agent pauses without a record, and gives nothing back by it', async () => {
    const s = await busyAgent();
    const path = `/agents/${s.agent}/state`;
    const wish = { state: 'paused', open: 'release' };
    const { body } = await api.call('put', path, s.token).send(wish).expect(403);
    expect(body.code).toBe('FORBIDDEN');
    await api.call('put', path, s.token).send({ state: 'paused' }).expect(200);
    expect(await auditOf(s.agent)).toEqual([]);
    for (const wrong of [
      { ...wish, open: 'burn' },
      { ...wish, reason: 'a\nb' },
    ]) {
      await api.call('put', path, boss.token).send(wrong).expect(400);
    }
    await api.call('delete', `/agents/${s.agent}/sessions?reason=`, boss.token).expect(400);
  });

  it('assigns to any and releases, with a record; what is one’s own leaves none', async () => {
    const s = await busyAgent();
    const other = await makeAgent(api.db, []);
    const give = (token: string, body: object) =>
      api.call('post', `/conversations/${s.open}/commands`, token).send(body);
    await give(boss.token, { name: 'assignTo', args: { agentId: other } }).expect(200);
    expect(await rowOf(s.open)).toMatchObject({ placement: 'assigned', owner_id: other });
    await api.db.query(`UPDATE agent SET state = 'paused' WHERE id = $1`, [s.agent]);
    await give(boss.token, { name: 'release' }).expect(200);
    expect(await rowOf(s.open)).toMatchObject({ placement: 'queued', front: true });
    await give(boss.token, { name: 'release' }).expect(409);
    await give(boss.token, { name: 'assignTo', args: { agentId: boss.id } }).expect(200);
    await give(boss.token, { name: 'solve' }).expect(200);
    const done = await api.db.query(
      'SELECT actor_id, action, detail FROM audit WHERE target = $1 ORDER BY id',
      [`conversation/${s.open}`],
    );
    expect(done).toEqual([
      { actor_id: boss.id, action: 'conversation.assignTo', detail: { number: 1, agentId: other } },
      { actor_id: boss.id, action: 'conversation.release', detail: { number: 2 } },
      {
        actor_id: boss.id,
        action: 'conversation.assignTo',
        detail: { number: 3, agentId: boss.id },
      },
    ]);
  });
});

describe('the settings', () => {
  it('hold the rules for leaving; what is not named stays', async () => {
    const rules = {
      onLogout: { refuseWhile: ['open', 'solved'] },
      releaseOnPauseAfter: 20,
      absentGrace: { liveChat: 10, others: 600 },
    };
    await setting(rules);
    const { body } = await api
      .call('put', '/settings', admin)
      .send({ companyName: 'B' })
      .expect(200);
    expect(body).toEqual({ companyName: 'B', ...rules });
    expect((await api.call('get', '/settings', boss.token)).body).toEqual(body);
    await setting({ releaseOnPauseAfter: null });
    expect((await api.call('get', '/settings', boss.token)).body.releaseOnPauseAfter).toBeNull();
  });

  it.each([
    { onLogout: 'stay' },
    { onLogout: { refuseWhile: [] } },
    { onLogout: { refuseWhile: ['closed'] } },
    { releaseOnPauseAfter: 0 },
    { releaseOnPauseAfter: '5' },
    { absentGrace: { liveChat: 30 } },
    { absentGrace: { liveChat: -1, others: 1 } },
  ])('refuse %j', async (wrong) => {
    const { body } = await api.call('put', '/settings', admin).send({ companyName: 'A', ...wrong });
    expect(body.code).toBe('INVALID_REQUEST');
  });
});
