/** One run: sets up, lets customers and agents work while everything is killed, lets it come to rest, and checks. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { work, type Shift } from './agents';
import { ApiClient } from './api-client';
import { check, isClean } from './checker';
import { CrashPoints } from './crash-list';
import { customersAt } from './customers';
import type { Embedded } from '../support/embedded';
import { startDatabase, startTemporal } from './engines';
import { readFacts } from './facts';
import { installOn } from './installation';
import { Logs } from './logs';
import { killAtRandom, type Kills } from './monkey';
import { startProcesses } from './product';
import { Random } from './random';
import { report } from './report';
import { comeToRest } from './rest';
import { startVendor } from './vendor';
import { hitEachPoint } from './walk';

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

const AGENTS = 20;
const SLEEPERS = 2;
const WEBSITE_PLACES = 40;
const OPEN_PLACES = 20;
/** While the crash points are hit one by one, only so many of a hundred places are open. */
const OPEN_AT_FIRST = 35;
/** Of a hundred messages so many are kept for what comes after that, and so much time at the least. */
const KEPT_FOR_LATER = 50;
const LATER_MS = 60_000;
const REST_MS = 900_000;
/** Of a hundred answers of the vendor's system so many go wrong. */
const VENDOR_FAULTS = 12;
const TOLD_EVERY_MS = 15_000;

export interface ChaosResult {
  readonly line: object;
  readonly passed: boolean;
}

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, folder, embedded, calm } = options;
  const began = Date.now();
  const since = (): number => Math.round((Date.now() - began) / 1000);
  const log = (line: string): void => options.log(`${String(since()).padStart(5)} s  ${line}`);
  const note = (what: string): void =>
    appendFileSync(join(folder, 'logs', 'kills.log'), `${new Date().toISOString()} ${what}\n`);
  const random = new Random(seed);
  const kills: Kills = { api: 0, worker: 0, relay: 0, temporal: 0, postgres: 0 };
  const ends: string[] = [];
  const crashPoints = new CrashPoints(options.preload, random.child());
  if (calm) crashPoints.stop();
  const cleanUps: (() => Promise<unknown>)[] = [];
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
        if (how.startsWith('killed') || how.startsWith('crash point')) kills[kind]++;
        else ends.push(`${kind} ended by itself: ${how}`);
      },
      onProcess: (each) => cleanUps.push(() => each.stop()),
    });
    const logs = new Logs();
    const api = new ApiClient(product.urls, random.child(), logs);
    const installation = await installOn(api, AGENTS);
    const vendor = await startVendor(installation.signingKey, VENDOR_FAULTS, random.child());
    cleanUps.push(() => vendor.stop());
    await installation.setReplyUrl(vendor.receiver.url);
    log('set up');

    const sleepers = new Set(installation.agents.slice(0, SLEEPERS).map(({ id }) => id));
    const shift: Shift = { finishing: false, over: false, sleepers };
    const staff = [...installation.agents, null].map((me) =>
      work(api, logs, installation, me, shift, random.child()),
    );
    let end = Date.now() + options.seconds * 1000;
    let left = options.messages;
    const kept = (options.messages * KEPT_FOR_LATER) / 100;
    let walking = true;
    const crowd = {
      ...{ api, logs, installation, vendor },
      mayWrite(): boolean {
        if (!walking || left > kept) left--;
        return left >= 0 && Date.now() < end;
      },
    };
    const ticker = setInterval(() => {
      log(
        `${logs.messages.length} accepted, ${logs.replies.length} replies, ${JSON.stringify(kills)}`,
      );
    }, TOLD_EVERY_MS);
    cleanUps.push(async () => clearInterval(ticker));
    let loaded = false;
    const come = (share: number, from = 0): Promise<unknown> => {
      const places = [WEBSITE_PLACES, OPEN_PLACES].flatMap((count, kind) =>
        Array.from({ length: Math.round((count * (share - from)) / 100) }, () =>
          customersAt(crowd, kind === 1, random.child()),
        ),
      );
      return Promise.all(places);
    };
    const first = come(OPEN_AT_FIRST);
    const progress = {
      taken: () => logs.messages.length,
      over: () => loaded || left <= 0 || Date.now() > end,
    };
    await hitEachPoint(product, crashPoints, log);
    walking = false;
    end = Math.max(end, Date.now() + LATER_MS);
    const all = Promise.all([first, come(100, OPEN_AT_FIRST)]).finally(() => (loaded = true));
    const prey = { processes: product.processes, temporal, postgres };
    if (!calm) await killAtRandom(prey, kills, progress, note, random.child());
    await all;

    crashPoints.stop();
    shift.finishing = true;
    log('the load is over; all come to their end');
    const running = await comeToRest(postgres.place, temporal.place, Date.now() + REST_MS);
    shift.over = true;
    await Promise.all(staff);
    const verdict = check(await readFacts(postgres.place), logs, vendor.receiver.taken, running);
    const vendorFaults = vendor.receiver.faults;
    report(options.log, { logs, verdict, ends, crashPoints, vendorFaults });
    const spared = Object.entries(kills).flatMap(([kind, count]) => (count === 0 ? [kind] : []));
    const undone = calm ? [] : [...crashPoints.missed(), ...spared];
    if (undone.length > 0) log(`never killed, so nothing is shown of it: ${undone.join(', ')}`);
    const line = { ...verdict.counts, kills, seed, seconds: since() };
    return { passed: isClean(verdict) && undone.length + vendorFaults.length === 0, line };
  } finally {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  }
}
