/**
 * Kills at random moments: processes of the product, Temporal, Postgres, one at a time and sometimes two. How soon goes
 * by what the house has got done meanwhile: on a slow machine it is not killed more than it can work.
 */
import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptEngine } from './engines';
import type { KeptProcess } from './processes';
import type { Random } from './random';

export interface Kills {
  api: number;
  worker: number;
  relay: number;
  temporal: number;
  postgres: number;
}

export interface Prey {
  readonly processes: readonly KeptProcess[];
  readonly temporal: KeptEngine;
  readonly postgres: KeptEngine;
}

/** Between two kills so many messages are taken (fewer before the first ones), or so many milliseconds pass. */
const MESSAGES = { least: 20, mostAtFirst: 60, most: 140 };
const LONGEST_MS = 8_000;
const SHORTEST_MS = 300;
const LOOK_MS = 50;

const WEIGHTS = { api: 30, worker: 30, relay: 12, temporal: 12, postgres: 8, backend: 8 };

export interface Progress {
  /** Messages taken so far. */
  readonly taken: () => number;
  readonly over: () => boolean;
}

/** Kills until the load is over; counts into `kills` what it does to engines (processes count themselves). */
export async function killAtRandom(
  prey: Prey,
  kills: Kills,
  { taken, over }: Progress,
  note: (what: string) => void,
  random: Random,
): Promise<void> {
  // Nothing is spared: each is killed once before chance decides.
  const first = random.shuffled(Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]);
  while (!over()) {
    const most = first.length > 0 ? MESSAGES.mostAtFirst : MESSAGES.most;
    const enough = taken() + random.between(MESSAGES.least, most);
    const end = Date.now() + LONGEST_MS;
    await sleep(SHORTEST_MS);
    while (!over() && taken() < enough && Date.now() < end) await sleep(LOOK_MS);
    if (over()) return;
    const what = first.shift() ?? random.weighted(WEIGHTS);
    note(`kills ${what}`);
    if (what === 'temporal') {
      if (await prey.temporal.kill(random.between(0, 3_000))) kills.temporal++;
    } else if (what === 'postgres') {
      if (await prey.postgres.kill(random.between(0, 1_000))) kills.postgres++;
    } else if (what === 'backend') {
      if (await killBackend(prey.postgres.place)) kills.postgres++;
    } else {
      // All of a kind die together now and then.
      const group = prey.processes.filter((each) => each.kind === what);
      const chosen = random.percent(10) ? group : [random.pick(group)];
      // One that is still starting would never get anywhere.
      const ready = await Promise.all(chosen.map((each) => each.isReady()));
      chosen.filter((_, at) => ready[at]).forEach((each) => each.kill());
    }
  }
}

/** Kills a process behind a connection: Postgres then ends all others and recovers. */
async function killBackend(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        ORDER BY (state = 'active') DESC, random() LIMIT 1`,
    );
    const pid = found.rows[0]?.pid as number | undefined;
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
