/** One run: sets up, lets customers and agents work while everything is killed, lets it come to rest, and checks. */
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { work, type Shift } from './agents';
import { ApiClient } from './api-client';
import { check, isClean, type Verdict } from './checker';
import { CrashPoints } from './crash-list';
import { customersAt } from './customers';
import { startDatabase, startTemporal, type Embedded } from './engines';
import { readFacts, unfinished } from './facts';
import { installOn } from './installation';
import { Logs } from './logs';
import { killAtRandom, type Kills } from './monkey';
import { startProcesses } from './product';
import { Random } from './random';
import { startVendor } from './vendor';

export interface ChaosOptions {
  readonly seed: number;
  readonly messages: number;
  /** The load ends after so long at the latest; coming to rest may take REST_MS more. */
  readonly seconds: number;
  readonly calm: boolean;
  readonly folder: string;
  readonly preload: string;
  readonly embedded: Embedded;
  readonly log: (line: string) => void;
}

const AGENTS = 12;
const WEBSITE_PLACES = 24;
const OPEN_PLACES = 12;
const REST_MS = 240_000;
/** Of a hundred answers of the vendor's system so many go wrong. */
const VENDOR_FAULTS = 12;

export interface ChaosResult {
  readonly line: object;
  readonly passed: boolean;
}

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, folder, embedded, log } = options;
  const began = Date.now();
  const random = new Random(seed);
  const kills: Kills = { api: 0, worker: 0, relay: 0, temporal: 0, postgres: 0 };
  const ends: string[] = [];
  const crashPoints = new CrashPoints(options.preload, random.child());
  if (options.calm) crashPoints.stop();
  const cleanUps: (() => Promise<unknown>)[] = [];
  const note = (what: string): void =>
    appendFileSync(join(folder, 'logs', 'kills.log'), `${new Date().toISOString()} ${what}\n`);
  const stopAll = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const [postgres, temporal] = await Promise.all([
      startDatabase(embedded, folder),
      startTemporal(embedded, folder),
    ]);
    cleanUps.push(
      () => postgres.stop(),
      () => temporal.stop(),
    );
    const product = await startProcesses({
      folder,
      databaseUrl: postgres.place,
      temporalAddress: temporal.place,
      crashPoints,
      onEnd(kind, how) {
        note(`${kind} ended: ${how}`);
        if (how === 'killed' || how === 'crash point') kills[kind]++;
        else ends.push(`${kind} ended by itself: ${how}`);
      },
    });
    cleanUps.push(() => Promise.all(product.processes.map((each) => each.stop())));
    await product.ready();
    const logs = new Logs();
    const api = new ApiClient(product.urls, random.child(), logs);
    const installation = await installOn(api, AGENTS);
    const vendor = await startVendor(installation.signingKey, VENDOR_FAULTS, random.child());
    cleanUps.push(() => vendor.stop());
    await installation.setReplyUrl(vendor.receiver.url);
    log(`set up in ${Math.round((Date.now() - began) / 1000)} s`);

    const shift: Shift = { finishing: false, over: false };
    const staff = [...installation.agents, null].map((me) =>
      work(api, logs, installation, me, shift, random.child()),
    );
    const end = Date.now() + options.seconds * 1000;
    let left = options.messages;
    const crowd = {
      ...{ api, logs, installation, vendor },
      mayWrite: () => left-- > 0 && Date.now() < end,
    };
    let loaded = false;
    const prey = { processes: product.processes, temporal, postgres };
    const killing = options.calm
      ? Promise.resolve()
      : killAtRandom(prey, kills, () => loaded, note, random.child());
    const places = [...Array(WEBSITE_PLACES + OPEN_PLACES).keys()];
    const ticker = setInterval(() => {
      log(
        `${logs.messages.length} accepted, ${logs.replies.length} replies, ${JSON.stringify(kills)}`,
      );
    }, 15_000);
    cleanUps.push(async () => clearInterval(ticker));
    await Promise.all(places.map((at) => customersAt(crowd, at >= WEBSITE_PLACES, random.child())));
    loaded = true;
    crashPoints.stop();
    await killing;

    shift.finishing = true;
    log('the load is over; all come to their end');
    const rest = await comeToRest(postgres.place, temporal.place, Date.now() + REST_MS);
    shift.over = true;
    await Promise.all(staff);
    const facts = await readFacts(postgres.place);
    const verdict = check(facts, logs, vendor.receiver.taken, rest.running);
    tell(options, logs, verdict, ends, crashPoints, vendor.receiver.faults);
    const seconds = Math.round((Date.now() - began) / 1000);
    const passed = isClean(verdict) && vendor.receiver.faults.length === 0;
    return { passed, line: { ...verdict.counts, kills, seed, seconds } };
  } finally {
    await stopAll();
  }
}

/** Waits until nothing is under way any more; returns how many workflows still run. */
async function comeToRest(
  url: string,
  temporalAddress: string,
  end: number,
): Promise<{ running: number }> {
  while (Date.now() < end) {
    const left = await unfinished(url).catch(() => null);
    if (left?.conversations === 0 && left.others === 0) break;
    await sleep(500);
  }
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const client = new TemporalClient({ connection });
    let running = 0;
    // What lists them lags a little behind.
    while (Date.now() < end) {
      const query = `ExecutionStatus = 'Running' AND WorkflowType IN ('conversation', 'delivery')`;
      running = (await client.workflow.count(query)).count;
      if (running === 0) break;
      await sleep(500);
    }
    return { running };
  } finally {
    await connection.close();
  }
}

function tell(
  { log }: ChaosOptions,
  logs: Logs,
  verdict: Verdict,
  ends: readonly string[],
  crashPoints: CrashPoints,
  vendorFaults: readonly string[],
): void {
  for (const [answer, count] of [...logs.answers].sort())
    log(`${String(count).padStart(6)} ${answer}`);
  const { hit, missed } = crashPoints.summary();
  for (const [point, count] of Object.entries(hit)) log(`crash point ${point}: ${count}`);
  for (const point of missed) log(`crash point ${point}: never reached`);
  for (const end of new Set(ends)) log(`${ends.filter((each) => each === end).length} x ${end}`);
  for (const fault of new Set(vendorFaults)) log(`the vendor complains: ${fault}`);
  for (const [name, faults] of Object.entries(verdict.faults)) {
    for (const fault of faults.slice(0, 10)) log(`${name}: ${fault}`);
  }
  log(`${verdict.reordered} messages of customers stand in another order than they were sent`);
}
