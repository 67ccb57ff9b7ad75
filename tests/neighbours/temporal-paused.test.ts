import { Client, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { conversationWorkflowId } from '../../workflows/ids';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { until } from '../support/world';
import { full, tell } from './form';
import { install, type Installation } from './installation';
import { Load } from './load';
import { freeze, startNeighbours, type Neighbours } from './neighbours';
import { makeStaff } from './people';
import { isAtRest, judge, leftOver } from './verdict';

const PAUSE_MS = full(30_000, 12_000);
/** One by whoever took the message, and the relay's, which come ever more rarely. */
const MOST_SIGNALS = 10;

let neighbours: Neighbours;
let database: FreshDatabase;
let installation: Installation;
beforeAll(async () => {
  neighbours = await startNeighbours(['temporal']);
  database = await freshDatabase();
  const temporalAddress = neighbours.temporal?.address ?? '';
  installation = await install({ databaseUrl: database.url, temporalAddress });
}, 120_000);
afterAll(async () => {
  await installation?.close();
  await database?.drop();
  await neighbours?.close();
}, 60_000);

async function mostSignals(ids: readonly string[]): Promise<number> {
  const connection = await Connection.connect({ address: neighbours.temporal?.address ?? '' });
  try {
    const { workflow } = new Client({ connection });
    let most = 0;
    for (const id of ids) {
      const { events } = await workflow.getHandle(conversationWorkflowId(id)).fetchHistory();
      const signals = (events ?? []).filter(
        (event) => event.workflowExecutionSignaledEventAttributes,
      );
      most = Math.max(most, signals.length);
    }
    return most;
  } finally {
    await connection.close();
  }
}

it('takes messages while Temporal stands still, and tells it of all of them afterwards', async () => {
  const { api, db } = installation;
  const staff = await makeStaff(installation, 4);
  // More customers than messages: nearly each begins a conversation, whose workflow cannot be started.
  const load = new Load(installation, staff, {
    customers: full(600, 150),
    messagesASecond: full(20, 10),
    requestsASecond: 5,
  });
  load.start();
  await until('there is something to do', async () => load.accepted.size > 20, 60_000);
  const before = { ...load.take(), rssMb: api.takePeakMb() };
  const goOn = freeze(neighbours.temporal?.pid ?? 0);
  let readyz: unknown;
  try {
    await sleep(PAUSE_MS);
    readyz = await (await fetch(`${installation.url}/readyz`)).json();
  } finally {
    goOn();
  }
  const during = { ...load.take(), rssMb: api.takePeakMb() };
  const resumed = performance.now();
  await load.finish();
  await until('all is at rest', async () => isAtRest(await leftOver(db)), 90_000);
  const atRestMs = Math.round(performance.now() - resumed);
  const rows = await db.query<{ id: string }>('SELECT id FROM conversation');
  const signals = await mostSignals(rows.map(({ id }) => id));
  const verdict = await judge(db, load);
  tell(`Temporal stands still for ${PAUSE_MS / 1000} s`, {
    ...{ before, during, atRestMs, conversations: rows.length, mostSignals: signals },
    ...{ accepted: load.accepted.size, replies: load.replies.size, verdict },
  });

  expect(verdict).toEqual({ lost: 0, doubled: 0, halfDone: 0 });
  expect({ ...before.unexpected, ...during.unexpected }).toEqual({});
  expect(Object.keys(during.answers).filter((answer) => answer.startsWith('5'))).toEqual([]);
  expect(readyz).toMatchObject({ status: 'degraded', checks: { temporal: 'away' } });
  expect(signals).toBeLessThanOrEqual(MOST_SIGNALS);
  expect(during.rssMb).toBeLessThan(before.rssMb + 150);
}, 200_000);
