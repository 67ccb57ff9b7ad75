import { forgetOldAnswers } from '../db/idempotency';
import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent } from '../tests/support/people';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
});
afterAll(() => api.close());

const create = (key: string, name: string, token = admin) =>
  api.call('post', '/queues', token).set('Idempotency-Key', key).send({ name });

const queuesNamed = async (name: string): Promise<number> =>
  (await api.db.query('SELECT 1 FROM queue WHERE name = $1', [name])).length;

describe('Idempotency-Key', () => {
  it('answers a repeat with the first answer, and does nothing again', async () => {
    const [key, name] = [newId(), newId()];
    const first = await create(key, name).expect(201);
    await api.call('patch', `/queues/${first.body.id}`, admin).send({ weight: 5 });
    const second = await create(key, name).expect(201);
    expect(second.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('refuses another content under the same key', async () => {
    const key = newId();
    await create(key, newId()).expect(201);
    const { body } = await create(key, newId()).expect(422);
    expect(body.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('belongs to one person and one route', async () => {
    const key = newId();
    const other = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
    const [mine, theirs] = [await create(key, newId()), await create(key, newId(), other)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
    const contact = { firstName: 'Ann' };
    await api
      .call('post', '/contacts', admin)
      .set('Idempotency-Key', key)
      .send(contact)
      .expect(201);
  });

  it('makes one thing of fifty at once', async () => {
    const [key, name] = [newId(), newId()];
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(key, name)));
    const statuses = new Set(answers.map((answer) => answer.status));
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
    for (const { status, body, headers } of answers) {
      if (status !== 409) continue;
      expect(body.code).toBe('IDEMPOTENCY_IN_PROGRESS');
      expect(headers['retry-after']).toMatch(/^\d+$/);
    }
    const ids = new Set(answers.filter((a) => a.status === 201).map((a) => a.body.id));
    expect([ids.size, await queuesNamed(name)]).toEqual([1, 1]);
  });

  it('is free again after a refusal, which left no trace', async () => {
    const [key, name] = [newId(), newId()];
    const { body } = await create(newId(), name).expect(201);
    await create(key, name).expect(409);
    await api.call('patch', `/queues/${body.id}`, admin).send({ name: newId() }).expect(200);
    await create(key, name).expect(201);
  });

  it('finds what a process made before it died without answering', async () => {
    const [key, name] = [newId(), newId()];
    const first = await create(key, name).expect(201);
    // As if the answer had never been stored: first just now, then long ago.
    await api.db.query('UPDATE idempotency SET status = NULL, body = NULL WHERE key = $1', [key]);
    await create(key, name).expect(409);
    await api.db.query(
      `UPDATE idempotency SET created_at = now() - interval '61 s' WHERE key = $1`,
      [key],
    );
    const again = await create(key, name).expect(201);
    expect(again.body.id).toBe(first.body.id);
    expect(await queuesNamed(name)).toBe(1);
  });

  it('is kept a day', async () => {
    const key = newId();
    await create(key, newId()).expect(201);
    await api.db.query(
      `UPDATE idempotency SET created_at = now() - interval '25 h' WHERE key = $1`,
      [key],
    );
    await create(key, newId()).expect(201);
    await api.db.query(`UPDATE idempotency SET created_at = now() - interval '25 h'`);
    await forgetOldAnswers(api.db);
    expect(await api.db.query('SELECT 1 FROM idempotency')).toEqual([]);
  });

  it.each(['', 'with space', 'ü', 'x'.repeat(201)])('cannot be %j', async (key) => {
    const name = newId();
    const { body } = await api
      .call('post', '/queues', admin)
      .set('Idempotency-Key', Buffer.from(key).toString('latin1'))
      .send({ name })
      .expect(400);
    expect(body).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ path: 'Idempotency-Key' }] },
    });
    expect(await queuesNamed(name)).toBe(0);
  });
});
