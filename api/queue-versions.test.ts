import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let adminId: string;
let admin: string;
beforeAll(async () => {
  api = await createTestApi();
  adminId = await makeAgent(api.db, [], { role: 'admin' });
  admin = await api.tokenFor(adminId);
});
afterAll(() => api.close());

const create = async (fields: object = {}): Promise<string> =>
  (
    await api
      .call('post', '/queues', admin)
      .send({ name: newId(), ...fields })
      .expect(201)
  ).body.id;
const edit = (id: string, fields: object) => api.call('patch', `/queues/${id}`, admin).send(fields);
const versions = (id: string, rest = '') => api.call('get', `/queues/${id}/versions${rest}`, admin);

describe('the versions of a queue', () => {
  it('are kept whole, with who made them and what differs', async () => {
    const id = await create({ weight: 1, settings: { offerMs: 30_000 } });
    await edit(id, { weight: 2, settings: { agingMinutes: 5 } }).expect(200);
    const { body } = await versions(id).expect(200);
    expect(body.next).toBeNull();
    expect(body.items).toMatchObject([
      {
        version: 2,
        fields: { weight: 2, delivery: 'auto', settings: { offerMs: 30_000, agingMinutes: 5 } },
        changes: [
          { field: 'settings.agingMinutes', from: null, to: 5 },
          { field: 'weight', from: 1, to: 2 },
        ],
        ...{ actorKind: 'agent', actorId: adminId },
      },
      { version: 1, fields: { weight: 1, archived: false, hoursMode: 'always' }, changes: [] },
    ]);
    const one = await versions(id, '/1').expect(200);
    expect(one.body).toEqual(body.items[1]);
    await versions(id, '/3').expect(404);
    await versions(id, '/first').expect(404);
  });

  it('are paged, newest first', async () => {
    const id = await create();
    for (const weight of [1, 2]) await edit(id, { weight }).expect(200);
    const seen = (page: { items: { version: number }[] }) => page.items.map((v) => v.version);
    const one = (await versions(id, '?limit=2').expect(200)).body;
    expect(seen(one)).toEqual([3, 2]);
    const two = (await versions(id, `?limit=2&after=${one.next}`).expect(200)).body;
    expect([seen(two), two.next]).toEqual([[1], null]);
    await versions(id, '?after=abc').expect(400);
  });

  it('count hours and archiving', async () => {
    const [id, heirId] = [await create(), await create()];
    const calendar = { name: newId(), zone: 'UTC', intervals: [] };
    const { body } = await api.call('post', '/calendars', admin).send(calendar).expect(201);
    await edit(id, { hoursMode: 'own', calendarId: body.id }).expect(200);
    await api.call('post', `/queues/${id}/archive`, admin).send({ heirId }).expect(200);
    const { items } = (await versions(id)).body;
    expect(items.map((v: { changes: object[] }) => v.changes)).toEqual([
      [
        { field: 'archived', from: false, to: true },
        { field: 'heirId', from: null, to: heirId },
      ],
      [
        { field: 'calendarId', from: null, to: body.id },
        { field: 'hoursMode', from: 'always', to: 'own' },
      ],
      [],
    ]);
  });

  it('are for those who oversee', async () => {
    const id = await makeQueue(api.db);
    const agent = await api.tokenFor(await makeAgent(api.db, [id]));
    await api.call('get', `/queues/${id}/versions`, agent).expect(403);
    const boss = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
    await api.call('get', `/queues/${id}/versions`, boss).expect(200);
    await versions(newId()).expect(404);
  });
});

describe('an edit that names the version it is about', () => {
  it('changes nothing where another one is present', async () => {
    const id = await create();
    const { body } = await edit(id, { weight: 1, ifVersion: 1 }).expect(200);
    expect(body).toMatchObject({ version: 2, weight: 1 });
    const late = await edit(id, { weight: 9, ifVersion: 1 }).expect(409);
    expect(late.body).toMatchObject({ code: 'CONFLICT', details: { version: 2 } });
    const now = await api.call('get', `/queues/${id}`, admin);
    expect(now.body).toMatchObject({ version: 2, weight: 1 });
    const [entry] = await api.db.query(
      `SELECT detail FROM audit WHERE target = $1 ORDER BY id DESC LIMIT 1`,
      [`queue/${id}`],
    );
    expect(entry).toEqual({ detail: { weight: 1 } });
  });

  it('wins once of many', async () => {
    const id = await create();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((weight) => edit(id, { weight, ifVersion: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    await edit(id, { ifVersion: 0 }).expect(400);
  });
});
