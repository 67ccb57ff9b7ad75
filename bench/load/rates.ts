/** Work given so many at a time, and how much of it a second is done. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface TemporalConfig {
  readonly databaseUrl: string;
  readonly address: string;
  readonly count: number;
  readonly atOnce: number;
  /** Makes the conversations of this run other than those of every run before. */
  readonly run: string;
}

export interface Rates {
  readonly startsPerSecond: number;
  readonly commandsPerSecond: number;
}

const LOOK_EVERY_MS = 20;
const GIVEN_UP_MS = 120_000;

/** Gives pieces 0 to `count`, `atOnce` at a time, and waits until all are `done`. Pieces a second. */
export async function rateOf(work: {
  count: number;
  atOnce: number;
  each: (n: number) => Promise<void>;
  done: () => boolean | Promise<boolean>;
}): Promise<number> {
  const began = performance.now();
  let next = 0;
  const hand = async (): Promise<void> => {
    while (next < work.count) await work.each(next++);
  };
  await Promise.all(Array.from({ length: work.atOnce }, hand));
  while (!(await work.done())) {
    if (performance.now() - began > GIVEN_UP_MS) throw new Error('not all of it was done');
    await sleep(LOOK_EVERY_MS);
  }
  return Math.round((work.count * 1_000) / (performance.now() - began));
}
