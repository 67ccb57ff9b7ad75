import type { HoursSettings } from '../../core/hours/queue-hours';
import { driveConversation } from '../../tests/support/workflow-driver';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { createCalendar, editCalendar } from './calendars';
import { connectDatabase, type Database } from '../client';
import { newId } from '../ids';
import { Intake } from '../messages/intake';
import { editQueue, readQueue } from './queues';
import { queueOpens, readQueueHours, recomputeHours } from './queue-hours';
import { receiveMessage, type Inbound } from '../messages/receive-message';

const ADMIN = { kind: 'agent', id: null };
const DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }));

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
  // The clock stands where each test puts it.
  await db.query('CREATE TABLE test_clock (now timestamptz NOT NULL)');
  await db.query('INSERT INTO test_clock VALUES (now())');
  await db.query(`CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE
                  AS $$ SELECT now FROM test_clock $$`);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const setClock = (now: string): Promise<unknown> =>
  db.query('UPDATE test_clock SET now = $1', [now]);

/** A queue that is open from 8 to 18 in UTC, its calendar, and one available member. */
async function makeOpenQueue(settings: HoursSettings = {}, delivery: 'auto' | 'manual' = 'auto') {
  const [queueId, calendarId] = [await makeQueue(db, { delivery }), newId()];
  const calendar = { name: calendarId, zone: 'UTC', intervals: DAILY };
  await createCalendar(db, ADMIN, calendarId, calendar);
  const hours = { hoursMode: 'own' as const, calendarId, settings: { hours: settings } };
  await editQueue(db, ADMIN, queueId, hours);
  return { queueId, calendarId };
}

async function write(from: Pick<Inbound, 'channel' | 'identityId' | 'contactId'>): Promise<string> {
  const { value } = await receiveMessage(db, { ...from, externalId: newId(), text: 'hello' });
  return value.conversationId;
}

const saidIn = async (id: string): Promise<string[]> =>
  (
    await db.query<{ text: string }>(
      `SELECT text FROM message WHERE conversation_id = $1 AND author_kind = 'bot' ORDER BY seq`,
      [id],
    )
  ).map((row) => row.text);

const columnsOf = async (queueId: string): Promise<unknown> =>
  (
    await db.query('SELECT open, next_change_at, closed_since FROM queue WHERE id = $1', [queueId])
  )[0];

describe('a recompute', () => {
  it('opens and closes queues by their calendars, and may be repeated', async () => {
    await setClock('2026-11-23T12:00Z');
    const { queueId } = await makeOpenQueue();
    const noon = { open: true, next_change_at: new Date('2026-11-23T18:00Z'), closed_since: null };
    expect(await columnsOf(queueId)).toEqual(noon);
    await setClock('2026-11-23T18:00Z');
    await recomputeHours(db, 'due');
    const evening = {
      open: false,
      next_change_at: new Date('2026-11-24T08:00Z'),
      closed_since: new Date('2026-11-23T18:00Z'),
    };
    expect(await columnsOf(queueId)).toEqual(evening);
    const opens = { open: false, opensAt: '2026-11-24T08:00:00.000Z' };
    expect(await queueOpens(db, queueId)).toEqual(opens);
    const { effects } = await recomputeHours(db, 'all');
    expect(effects.handOuts).toEqual([]);
    expect(await columnsOf(queueId)).toEqual(evening);
  });

  it('makes good what was missed for days', async () => {
    await setClock('2026-11-23T12:00Z');
    const { queueId } = await makeOpenQueue();
    await setClock('2026-11-26T07:00Z');
    await recomputeHours(db, 'due');
    expect(await columnsOf(queueId)).toMatchObject({
      open: false,
      closed_since: new Date('2026-11-25T18:00Z'),
    });
  });

  it('asks for hand-outs to those who are there when a queue opens, once', async () => {
    await setClock('2026-11-23T06:00Z');
    const { queueId } = await makeOpenQueue();
    const here = await makeAgent(db, [queueId]);
    await makeAgent(db, [queueId], { in: false });
    await setClock('2026-11-23T08:00Z');
    const { effects } = await recomputeHours(db, 'due');
    const mine = effects.handOuts.filter(({ reason }) => reason === 'opened');
    expect(mine.map(({ agentId }) => agentId)).toEqual([here]);
    expect((await recomputeHours(db, 'all')).effects.handOuts).toEqual([]);
  });

  it('opens once where several run at the same moment', async () => {
    await setClock('2026-11-23T06:00Z');
    const { queueId } = await makeOpenQueue();
    await makeAgent(db, [queueId]);
    await setClock('2026-11-23T08:00Z');
    const all = await Promise.all([1, 2, 3, 4].map(() => recomputeHours(db, 'due')));
    expect(all.flatMap(({ effects }) => effects.handOuts)).toHaveLength(1);
  });
});

describe('an edit counts at once', () => {
  it('of a calendar, also for a queue that holds conversations', async () => {
    await setClock('2026-11-23T17:30Z');
    const { queueId, calendarId } = await makeOpenQueue();
    const customer = await makeCustomer(db, await makeChannel(db, queueId));
    const id = await write(customer);
    expect(await saidIn(id)).toEqual([]);
    // 18:30 in Berlin.
    await editCalendar(db, ADMIN, calendarId, { zone: 'Europe/Berlin' });
    expect(await readQueue(db, queueId)).toMatchObject({
      open: false,
      nextChangeAt: '2026-11-24T07:00:00.000Z',
    });
    await write(customer);
    expect(await saidIn(id)).toHaveLength(1);
    await editCalendar(db, ADMIN, calendarId, { zone: 'America/New_York' });
    expect(await readQueue(db, queueId)).toMatchObject({ open: true });
  });

  it('of the global calendar, for those that inherit it, and of the mode', async () => {
    await setClock('2026-11-23T20:00Z');
    const queueId = await makeQueue(db);
    await editQueue(db, ADMIN, queueId, { hoursMode: 'inherit' });
    expect(await readQueueHours(db, queueId)).toMatchObject({ open: true, calendar: null });
    const [first, second] = [newId(), newId()];
    const calendar = { zone: 'UTC', intervals: DAILY, isGlobal: true };
    await createCalendar(db, ADMIN, first, { ...calendar, name: first });
    expect(await readQueue(db, queueId)).toMatchObject({ open: false });
    await createCalendar(db, ADMIN, second, {
      ...{ name: second, zone: 'UTC', isGlobal: true },
      intervals: [{ weekday: 1, from: '19:00', to: '02:00' }],
    });
    expect(await readQueueHours(db, queueId)).toMatchObject({
      open: true,
      calendar: { id: second },
      nextChangeAt: new Date('2026-11-24T02:00Z'),
    });
    await editCalendar(db, ADMIN, second, {
      closedDates: [{ description: 'x', from: '2026-11-23T19:30', to: '2026-11-25T00:00' }],
    });
    expect(await readQueue(db, queueId)).toMatchObject({ open: false });
    await editQueue(db, ADMIN, queueId, { hoursMode: 'always' });
    expect(await readQueue(db, queueId)).toMatchObject({ open: true, nextChangeAt: null });
    await editCalendar(db, ADMIN, second, { isGlobal: false });
  });
});

describe('a message out of hours', () => {
  it('is answered once a closed period, in the words of the queue', async () => {
    await setClock('2026-11-23T20:00Z');
    const { queueId } = await makeOpenQueue({ outOfHours: { text: 'Closed until 8.' } });
    const customer = await makeCustomer(db, await makeChannel(db, queueId));
    const id = await write(customer);
    await write(customer);
    expect(await saidIn(id)).toEqual(['Closed until 8.']);
    await setClock('2026-11-24T09:00Z');
    await recomputeHours(db, 'due');
    await write(customer);
    await setClock('2026-11-24T18:30Z');
    await recomputeHours(db, 'due');
    await write(customer);
    expect(await saidIn(id)).toEqual(['Closed until 8.', 'Closed until 8.']);
  });

  it('stands in line, numbered before its answer', async () => {
    await setClock('2026-11-23T20:00Z');
    const { queueId } = await makeOpenQueue();
    const id = await write(await makeCustomer(db, await makeChannel(db, queueId)));
    const [row] = await db.query(
      'SELECT status, placement, last_seq, last_in_seq, last_out_seq FROM conversation WHERE id = $1',
      [id],
    );
    expect(row).toEqual({
      ...{ status: 'open', placement: 'queued' },
      ...{ last_seq: 2, last_in_seq: 1, last_out_seq: 2 },
    });
  });

  it('is answered once also where many messages are taken together', async () => {
    await setClock('2026-11-23T17:00Z');
    const { queueId } = await makeOpenQueue();
    const customer = await makeCustomer(db, await makeChannel(db, queueId));
    const id = await write(customer);
    await setClock('2026-11-23T19:00Z');
    await recomputeHours(db, 'due');
    const intake = new Intake(db, () => undefined);
    const message = (): Inbound => ({ ...customer, externalId: newId(), text: 'hello' });
    await Promise.all([message(), message(), message()].map((each) => intake.receive(each)));
    await intake.receive(message());
    expect(await saidIn(id)).toHaveLength(1);
    const [row] = await db.query('SELECT last_seq, last_in_seq FROM conversation WHERE id = $1', [
      id,
    ]);
    expect(row).toEqual({ last_seq: 6, last_in_seq: 6 });
  });

  it('is not answered where the queue says nothing, or the conversation’s agent is there', async () => {
    await setClock('2026-11-23T20:00Z');
    const silent = await makeOpenQueue({ outOfHours: null });
    const customer = await makeCustomer(db, await makeChannel(db, silent.queueId));
    expect(await saidIn(await write(customer))).toEqual([]);

    await setClock('2026-11-23T12:00Z');
    const { queueId } = await makeOpenQueue();
    const agentId = await makeAgent(db, [queueId]);
    const held = await makeCustomer(db, await makeChannel(db, queueId));
    const id = await write(held);
    await db.query(`UPDATE conversation SET placement = 'assigned', owner_id = $2 WHERE id = $1`, [
      id,
      agentId,
    ]);
    await setClock('2026-11-23T19:00Z');
    await recomputeHours(db, 'due');
    await write(held);
    expect(await saidIn(id)).toEqual([]);
    await db.query(`UPDATE agent SET state = 'logged_off' WHERE id = $1`, [agentId]);
    await write(held);
    expect(await saidIn(id)).toHaveLength(1);
  });
});

describe('at closing time', () => {
  const waiting = async (settings: HoursSettings, kind: 'live-chat' | 'open' = 'live-chat') => {
    await setClock('2026-11-23T17:50Z');
    const { queueId } = await makeOpenQueue(settings, 'manual');
    const customer = await makeCustomer(db, await makeChannel(db, queueId, kind));
    const id = await write(customer);
    await setClock('2026-11-23T18:00Z');
    return { id, queueId, customer };
  };
  const statusOf = async (id: string): Promise<unknown> =>
    (await db.query('SELECT status FROM conversation WHERE id = $1', [id]))[0];

  it('live chats in line are told and closed where the queue wants it, once', async () => {
    const { id } = await waiting({ atClosing: 'notifyAndClose', closing: { text: 'Good night.' } });
    const { effects } = await recomputeHours(db, 'due');
    expect(effects.rings.filter((ring) => ring.conversationId === id)).toMatchObject([
      { signal: 'closeWaiting' },
    ]);
    // Nobody has decided it yet: it is not asked for twice.
    const again = await recomputeHours(db, 'all');
    expect(again.effects.rings.filter((ring) => ring.conversationId === id)).toEqual([]);
    expect(await saidIn(id)).toEqual([]);
    await driveConversation(db, id);
    expect(await statusOf(id)).toEqual({ status: 'closed' });
    expect(await saidIn(id)).toEqual(['Good night.']);
  });

  it.each([
    ['in a queue that keeps them', {}, 'live-chat'],
    ['on other channels', { atClosing: 'notifyAndClose' }, 'open'],
  ] as const)('conversations stay in line %s', async (_, settings, kind) => {
    const { id } = await waiting(settings, kind);
    await recomputeHours(db, 'due');
    await driveConversation(db, id);
    expect(await statusOf(id)).toEqual({ status: 'open' });
  });

  it('whoever writes later stays in line until the opening; what an agent gives back does not', async () => {
    const { queueId } = await waiting({ atClosing: 'notifyAndClose' });
    await recomputeHours(db, 'due');
    await setClock('2026-11-23T18:30Z');
    const channel = await makeChannel(db, queueId);
    const [later, back] = [
      await write(await makeCustomer(db, channel)),
      await write(await makeCustomer(db, channel)),
    ];
    // As if an agent had been there: whoever is answered by an agent is not told that it is closed.
    await db.query('UPDATE conversation SET front = true, told_closed_since = NULL WHERE id = $1', [
      back,
    ]);
    await recomputeHours(db, 'due');
    for (const id of [later, back]) await driveConversation(db, id);
    expect(await statusOf(later)).toEqual({ status: 'open' });
    expect(await statusOf(back)).toEqual({ status: 'closed' });
  });
});
