import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/world';
import { full, tell } from './form';
import { install, type Installation } from './installation';
import { Load } from './load';
import { freeze, postmasterOf, startNeighbours, type Neighbours } from './neighbours';
import { makeStaff } from './people';
import { isAtRest, judge, leftOver } from './verdict';

const PAUSE_MS = full(30_000, 12_000);

let neighbours: Neighbours;
let installation: Installation;
beforeAll(async () => {
  neighbours = await startNeighbours(['postgres', 'temporal']);
  installation = await install({
    databaseUrl: neighbours.postgres?.url ?? '',
    temporalAddress: neighbours.temporal?.address ?? '',
  });
}, 120_000);
afterAll(async () => {
  await installation?.close();
  await neighbours?.close();
}, 60_000);

const probe = async (path: string): Promise<number> => {
  const answer = await fetch(`${installation.url}${path}`, { signal: AbortSignal.timeout(5_000) });
  await answer.text();
  return answer.status;
};

it('sends away what comes while Postgres stands still, and goes on by itself', async () => {
  const { api, db } = installation;
  const staff = await makeStaff(installation, 4);
  const load = new Load(installation, staff, {
    customers: 100,
    messagesASecond: full(100, 40),
    requestsASecond: full(40, 20),
  });
  load.start();
  await until('there is something to do', async () => load.accepted.size > 50, 60_000);
  const before = { ...load.take(), rssMb: api.takePeakMb() };

  const goOn = freeze(postmasterOf(neighbours.postgres ?? { pidFile: '' }));
  const probes: Record<string, number> = {};
  const end = performance.now() + PAUSE_MS;
  try {
    while (performance.now() < end) {
      for (const path of ['/healthz', '/readyz']) {
        const name = `${path} ${await probe(path)}`;
        probes[name] = (probes[name] ?? 0) + 1;
      }
      await sleep(200);
    }
  } finally {
    goOn();
  }
  const during = { ...load.take(), rssMb: api.takePeakMb() };
  const resumed = performance.now();
  await until('the API is ready', async () => (await probe('/readyz')) === 200, 60_000);
  const taken = load.accepted.size;
  await until('messages are taken', async () => load.accepted.size > taken, 60_000);
  const recoveredMs = Math.round(performance.now() - resumed);
  await load.finish();
  const left = { ...load.take(), rssMb: api.takePeakMb() };
  await until('all is at rest', async () => isAtRest(await leftOver(db)), 60_000);
  const atRestMs = Math.round(performance.now() - resumed);
  const verdict = await judge(db, load);
  tell(`Postgres stands still for ${PAUSE_MS / 1000} s`, {
    ...{ before, during, probes, after: left, recoveredMs, atRestMs },
    ...{ accepted: load.accepted.size, replies: load.replies.size, verdict },
  });

  expect(verdict).toEqual({ lost: 0, doubled: 0, halfDone: 0 });
  // A connection may end under a request on its way; whoever sent it asks again with the same id.
  const refusals = Object.keys({ ...before.unexpected, ...during.unexpected, ...left.unexpected });
  expect(refusals.filter((what) => !/SocketError|ECONNRESET/.test(what))).toEqual([]);
  expect(during.withoutRetryAfter).toBe(0);
  const sentAway = Object.entries(during.answers).filter(([answer]) => answer.startsWith('503'));
  expect(sentAway.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(100);
  expect(Object.keys(probes).sort()).toContain('/healthz 200');
  expect(Object.keys(probes).filter((probed) => /healthz (?!200)/.test(probed))).toEqual([]);
  expect(probes['/readyz 503']).toBeGreaterThan(0);
  expect(during.rssMb).toBeLessThan(before.rssMb + 150);
}, 150_000);
