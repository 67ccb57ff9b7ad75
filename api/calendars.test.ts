import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
let supervisor: string;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
  supervisor = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
});
afterAll(() => api.close());

const wish = {
  zone: 'Europe/Berlin',
  intervals: [{ weekday: 1, from: '08:00', to: '18:00' }],
  closedDates: [{ description: 'Inventory', from: '2026-12-24T12:00', to: '2026-12-27T00:00' }],
};

const add = async (fields: object = {}): Promise<string> => {
  const sent = { ...wish, name: newId(), ...fields };
  return (await api.call('post', '/calendars', admin).send(sent).expect(201)).body.id;
};

describe('calendars', () => {
  it('are added, read, listed, edited and deleted, and all of it is in the audit log', async () => {
    const name = `Hours ${newId()}`;
    const { body } = await api
      .call('post', '/calendars', admin)
      .send({ ...wish, name })
      .expect(201);
    const { open, nextChangeAt, ...stored } = body;
    expect(stored).toEqual({ ...wish, name, id: body.id, isGlobal: false, version: 1 });
    expect([typeof open, Date.parse(nextChangeAt) > Date.now()]).toEqual(['boolean', true]);
    expect((await api.call('get', `/calendars/${body.id}`, supervisor)).body).toEqual(body);
    const { body: list } = await api.call('get', '/calendars?limit=100', supervisor).expect(200);
    expect(list.items).toContainEqual(body);
    const clash = await api.call('post', '/calendars', admin).send({ ...wish, name });
    expect(clash.body.code).toBe('CONFLICT');
    const edited = await api
      .call('patch', `/calendars/${body.id}`, admin)
      .send({ zone: 'UTC', closedDates: [] })
      .expect(200);
    expect(edited.body).toMatchObject({ ...stored, zone: 'UTC', closedDates: [], version: 2 });
    const never = await api
      .call('patch', `/calendars/${body.id}`, admin)
      .send({ intervals: [] })
      .expect(200);
    expect(never.body).toMatchObject({ open: false, nextChangeAt: null });
    await api.call('delete', `/calendars/${body.id}`, admin).expect(204);
    await api.call('get', `/calendars/${body.id}`, admin).expect(404);
    const { body: audit } = await api.call('get', `/audit?target=calendar/${body.id}`, admin);
    expect(audit.items.map((item: { action: string }) => item.action)).toEqual([
      'calendar.delete',
      'calendar.edit',
      'calendar.edit',
      'calendar.create',
    ]);
  });

  it('are changed by administrators only', async () => {
    const id = await add();
    const name = newId();
    await api
      .call('post', '/calendars', supervisor)
      .send({ ...wish, name })
      .expect(403);
    await api.call('patch', `/calendars/${id}`, supervisor).send({ zone: 'UTC' }).expect(403);
    await api.call('delete', `/calendars/${id}`, supervisor).expect(403);
  });

  it('stay while a queue goes by them, by itself or by inheriting', async () => {
    const [queueId, heirId] = [await makeQueue(api.db), await makeQueue(api.db)];
    const own = await add();
    const set = (body: object) => api.call('patch', `/queues/${queueId}`, admin).send(body);
    await set({ hoursMode: 'own', calendarId: own }).expect(200);
    const refused = await api.call('delete', `/calendars/${own}`, admin).expect(409);
    expect(refused.body).toMatchObject({
      code: 'CALENDAR_IN_USE',
      details: { queueIds: [queueId], isGlobal: false },
    });
    const global = await add({ isGlobal: true });
    await set({ hoursMode: 'inherit' }).expect(200);
    await api.call('delete', `/calendars/${global}`, admin).expect(409);
    await api.call('delete', `/calendars/${own}`, admin).expect(204);
    await api.call('post', `/queues/${queueId}/archive`, admin).send({ heirId }).expect(200);
    await api.call('delete', `/calendars/${global}`, admin).expect(204);
  });

  it('give the place of the global one to the next', async () => {
    const first = await add({ isGlobal: true });
    const second = await add({ isGlobal: true });
    const isGlobal = async (id: string): Promise<boolean> =>
      (await api.call('get', `/calendars/${id}`, admin)).body.isGlobal;
    expect([await isGlobal(first), await isGlobal(second)]).toEqual([false, true]);
    await api.call('delete', `/calendars/${second}`, admin).expect(204);
  });
});

describe('the hours of a queue', () => {
  it('are always unless told otherwise, and are told by the queue and by themselves', async () => {
    const { body } = await api.call('post', '/queues', admin).send({ name: newId() }).expect(201);
    const open = { open: true, nextChangeAt: null };
    expect(body).toMatchObject({ ...open, hoursMode: 'always', calendarId: null });
    const hours = await api.call('get', `/queues/${body.id}/hours`, supervisor).expect(200);
    expect(hours.body).toEqual({ ...open, mode: 'always', calendar: null, closedSince: null });
  });

  it('follow a calendar that is never open', async () => {
    const calendarId = await add({ intervals: [] });
    const { body } = await api
      .call('post', '/queues', admin)
      .send({ name: newId(), hoursMode: 'own', calendarId })
      .expect(201);
    expect(body).toMatchObject({ hoursMode: 'own', calendarId, open: false, nextChangeAt: null });
    const hours = await api.call('get', `/queues/${body.id}/hours`, admin).expect(200);
    expect(hours.body).toMatchObject({
      ...{ mode: 'own', open: false, nextChangeAt: null, closedSince: '1970-01-01T00:00:00.000Z' },
      calendar: { id: calendarId, zone: 'Europe/Berlin' },
    });
  });

  it('of its own need a calendar that exists', async () => {
    const path = `/queues/${await makeQueue(api.db)}`;
    const none = await api.call('patch', path, admin).send({ hoursMode: 'own' }).expect(409);
    expect(none.body.code).toBe('QUEUE_NEEDS_CALENDAR');
    await api
      .call('patch', path, admin)
      .send({ hoursMode: 'own', calendarId: newId() })
      .expect(404);
    await api.call('get', `/queues/${newId()}/hours`, admin).expect(404);
  });
});
