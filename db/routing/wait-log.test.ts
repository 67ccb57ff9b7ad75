import { splitWait } from '../../core/routing/wait-split';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { archiveQueue } from '../queues/archive-queue';
import { rejectOffer } from './claim-back';
import { connectDatabase, type Database } from '../client';
import { giveNext } from './hand-out';
import { newId } from '../ids';
import { setAgentState } from '../agents/presence';
import { noteConditions } from './queue-conditions';
import { readReceipts } from './receipts';
import { receiveMessage } from '../messages/receive-message';
import { readWaitLog } from './wait-log';
import { writeEvent } from '../conversation/write-conversation';

const MINUTE = 60_000;
const nothing = { closed: 0, 'nobody in': 0, 'all full': 0, 'offer ignored': 0 };

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

const TEN = Date.parse('2026-11-23T10:00Z');
/** Puts the clock so many minutes after ten. */
const at = (minutes: number): Promise<unknown> =>
  db.query('UPDATE test_clock SET now = $1', [new Date(TEN + minutes * MINUTE)]);

/** A customer writes; nobody serves what follows. */
async function begin(queue: string): Promise<string> {
  const customer = await makeCustomer(db, await makeChannel(db, queue));
  const inbound = { ...customer, externalId: newId(), text: 'hello' };
  return (await receiveMessage(db, inbound)).value.conversationId;
}

async function setOpen(queue: string, open: boolean): Promise<void> {
  await db.query('UPDATE queue SET open = $2 WHERE id = $1', [queue, open]);
  await noteConditions(db, [queue]);
}

async function splitOf(id: string, queueId: string, minutes: number) {
  const until = TEN + minutes * MINUTE;
  return splitWait(TEN, until, await readWaitLog(db, { id, queueId }, TEN, until));
}

it('knows who was in, when the queue was closed, and which offers nobody wanted', async () => {
  await at(0);
  const queue = await makeQueue(db, { delivery: 'offer' });
  await noteConditions(db);
  const id = await begin(queue);
  await at(1);
  const agent = await makeAgent(db, [queue]);
  await noteConditions(db);
  await at(2);
  await setOpen(queue, false);
  await at(4);
  await setOpen(queue, true);
  await at(5);
  await giveNext(db, agent, 'login');
  await at(6);
  await rejectOffer(db, id, agent, newId());
  // Until the next round, ten seconds later, nobody is left who has not rejected it.
  const split = { 'nobody in': MINUTE, closed: 2 * MINUTE, 'offer ignored': 70_000 };
  expect(await splitOf(id, queue, 7)).toEqual({ ...nothing, ...split, 'all full': 170_000 });
  const [receipt] = await readReceipts(db, id, { limit: 1, before: null });
  expect(receipt).toMatchObject({
    ...{ result: 'offer', waitMs: 5 * MINUTE, cause: null },
    waitByCause: { 'nobody in': MINUTE, closed: 2 * MINUTE, 'all full': 2 * MINUTE },
  });
});

it('appends what is new, however often somebody looks', async () => {
  await at(0);
  const queue = await makeQueue(db);
  const agent = await makeAgent(db, [queue]);
  const entries = () =>
    db.query('SELECT open, staffed FROM queue_condition WHERE queue_id = $1 ORDER BY since', [
      queue,
    ]);
  for (const minutes of [1, 2, 3]) {
    await at(minutes);
    await Promise.all([noteConditions(db), noteConditions(db, [queue])]);
  }
  expect(await entries()).toEqual([{ open: true, staffed: true }]);
  await at(4);
  await setAgentState(db, agent, 'paused', null);
  await noteConditions(db);
  await at(5);
  await setAgentState(db, agent, 'available', null);
  await db.query('UPDATE agent SET absent_since = app_now() WHERE id = $1', [agent]);
  await noteConditions(db);
  expect(await entries()).toEqual([
    { open: true, staffed: true },
    { open: true, staffed: false },
  ]);
});

it('goes by the queue in which it stood at the time', async () => {
  await at(0);
  const [queue, heir] = [await makeQueue(db), await makeQueue(db)];
  await setOpen(queue, false);
  await makeAgent(db, [heir]);
  await noteConditions(db);
  const id = await begin(queue);
  await at(2);
  await archiveQueue(db, { kind: 'agent', id: null }, queue, heir);
  const split = { closed: 2 * MINUTE, 'all full': 3 * MINUTE };
  expect(await splitOf(id, heir, 5)).toEqual({ ...nothing, ...split });
  const last = await makeQueue(db);
  await at(5);
  await noteConditions(db);
  await db.transaction((tx) =>
    writeEvent(tx, {
      ...{ conversationId: id, rev: 9, afterSeq: 1, kind: 'overflowed' },
      data: { from: heir, to: last },
      actor: { kind: 'timer' },
    }),
  );
  const more = { ...nothing, ...split, 'nobody in': 2 * MINUTE };
  expect(await splitOf(id, last, 7)).toEqual(more);
});
