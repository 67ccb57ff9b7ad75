import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
let adminId: string;
beforeAll(async () => {
  api = await createTestApi();
  adminId = await makeAgent(api.db, [], { role: 'admin' });
  admin = await api.tokenFor(adminId);
});
afterAll(() => api.close());

const someone = (name = 'Grace Example') => ({
  email: `${newId()}@example.test`,
  name,
  password: 'a long password',
});

describe('agents', () => {
  it('are added by an administrator and can sign in', async () => {
    const wish = { ...someone(), role: 'supervisor', number: '4711', unitOverrides: { email: 5 } };
    const { body } = await api.call('post', '/agents', admin).send(wish).expect(201);
    expect(body).toMatchObject({
      email: wish.email,
      role: 'supervisor',
      number: '4711',
      channelKinds: [],
      maxUnits: 100,
      unitOverrides: { email: 5 },
      state: 'logged_off',
      archived: false,
    });
    const { email, password } = wish;
    await api.call('post', '/sessions').send({ email, password }).expect(201);
    const read = await api.call('get', `/agents/${body.id}`, admin).expect(200);
    expect(read.body).toMatchObject({ id: body.id, state: 'available' });
  });

  it('have addresses and numbers of their own', async () => {
    const first = { ...someone(), number: '4712' };
    await api.call('post', '/agents', admin).send(first).expect(201);
    for (const clash of [
      { ...someone(), email: first.email },
      { ...someone(), number: '4712' },
    ]) {
      const { body } = await api.call('post', '/agents', admin).send(clash).expect(409);
      expect(body.code).toBe('CONFLICT');
    }
  });

  it('are listed by name, page by page, and found by a part of the name', async () => {
    const mark = newId();
    for (const name of ['Cleo', 'Abel', 'Bert']) {
      await api
        .call('post', '/agents', admin)
        .send(someone(`${name} ${mark}`))
        .expect(201);
    }
    const names: string[] = [];
    let after: string | null = '';
    do {
      const at: string = after ? `&after=${after}` : '';
      const { body } = await api.call('get', `/agents?search=${mark}&limit=2${at}`, admin);
      names.push(...body.items.map((item: { name: string }) => item.name.split(' ')[0]));
      after = body.next;
    } while (after);
    expect(names).toEqual(['Abel', 'Bert', 'Cleo']);
  });

  it('are edited by an administrator only; a new password ends other sign-ins', async () => {
    const id = await makeAgent(api.db, []);
    const own = await api.tokenFor(id);
    await api.call('patch', `/agents/${id}`, own).send({ maxUnits: 500 }).expect(403);
    const { body } = await api
      .call('patch', `/agents/${id}`, admin)
      .send({ maxUnits: 50, channelKinds: ['open'] })
      .expect(200);
    expect(body).toMatchObject({ maxUnits: 50, channelKinds: ['open'] });
    await api.call('get', '/sessions/current', own).expect(200);
    await api.call('patch', `/agents/${id}`, admin).send({ password: 'another password' });
    await api.call('get', '/sessions/current', own).expect(401);
  });

  it('leave as archived: nothing of theirs opens anything any more', async () => {
    const queueId = await makeQueue(api.db);
    const id = await makeAgent(api.db, [queueId]);
    const own = await api.tokenFor(id);
    await api.call('delete', `/agents/${id}`, admin).expect(204);
    await api.call('get', '/sessions/current', own).expect(401);
    const { body } = await api.call('get', `/agents/${id}`, admin);
    expect(body).toMatchObject({ archived: true, queueIds: [], state: 'logged_off' });
    const listed = await api.call('get', `/agents?search=${id}`, admin);
    expect(listed.body.items).toEqual([]);
  });

  it('always include an administrator, even if two leave at once', async () => {
    const second = await makeAgent(api.db, [], { role: 'admin' });
    const answers = await Promise.all([
      api.call('patch', `/agents/${adminId}`, admin).send({ role: 'agent' }),
      api.call('patch', `/agents/${second}`, admin).send({ role: 'agent' }),
    ]);
    // The other one comes too late: for an administrator to be left, or for the asker to be one still.
    const codes = answers.map((answer) => answer.body.code as string | undefined);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(['LAST_ADMIN', 'FORBIDDEN']).toContain(codes.find((code) => code !== undefined));
    const admins = await api.db.query(`SELECT 1 FROM agent WHERE role = 'admin'`);
    expect(admins).toHaveLength(1);
    await api.db.query(`UPDATE agent SET role = 'admin' WHERE id = $1`, [adminId]);
    await api.db.query(`UPDATE agent SET role = 'agent' WHERE id = $1`, [second]);
    await api.call('delete', `/agents/${adminId}`, admin).expect(409);
  });
});

describe('the state of an agent', () => {
  it('is set by oneself or a supervisor', async () => {
    const [id, peer] = [await makeAgent(api.db, []), await makeAgent(api.db, [])];
    const boss = await makeAgent(api.db, [], { role: 'supervisor' });
    const path = `/agents/${id}/state`;
    const paused = { state: 'paused', reason: 'lunch' };
    await api
      .call('put', path, await api.tokenFor(peer))
      .send(paused)
      .expect(403);
    const { body } = await api
      .call('put', path, await api.tokenFor(id))
      .send(paused)
      .expect(200);
    expect(body).toMatchObject({ state: 'paused', pauseReason: 'lunch' });
    const back = await api
      .call('put', path, await api.tokenFor(boss))
      .send({ state: 'available' })
      .expect(200);
    expect(back.body).toMatchObject({ state: 'available', pauseReason: null });
  });

  it('cannot be set for somebody who is not there', async () => {
    const id = await makeAgent(api.db, [], { in: false });
    const { body } = await api
      .call('put', `/agents/${id}/state`, admin)
      .send({ state: 'available' })
      .expect(409);
    expect(body.code).toBe('AGENT_NOT_LOGGED_IN');
  });

  it('knows of calls', async () => {
    const id = await makeAgent(api.db, []);
    const own = await api.tokenFor(id);
    const { body } = await api.call('put', `/agents/${id}/call`, own).send({ onCall: true });
    expect(body.onCall).toBe(true);
    await api.call('put', `/agents/${id}/call`, own).send({ onCall: false }).expect(200);
  });
});

describe('the audit', () => {
  it('has every administrative act, newest first, without secrets, for administrators', async () => {
    const { body: agent } = await api.call('post', '/agents', admin).send(someone());
    await api.call('patch', `/agents/${agent.id}`, admin).send({ password: 'x'.repeat(12) });
    await api.call('delete', `/agents/${agent.id}`, admin);
    const { body } = await api.call('get', `/audit?target=agent/${agent.id}`, admin).expect(200);
    expect(body.items.map((item: { action: string }) => item.action)).toEqual([
      'agent.archive',
      'agent.edit',
      'agent.create',
    ]);
    expect(body.items[1]).toMatchObject({
      actorKind: 'agent',
      actorId: adminId,
      detail: { fields: ['passwordHash'] },
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2|xxxxxxxxxxxx/);
    const page = await api.call('get', '/audit?limit=1', admin);
    const next = await api.call('get', `/audit?limit=1&after=${page.body.next}`, admin);
    expect(Number(next.body.items[0].id)).toBeLessThan(Number(page.body.items[0].id));
    const boss = await makeAgent(api.db, [], { role: 'supervisor' });
    await api.call('get', '/audit', await api.tokenFor(boss)).expect(403);
  });
});
