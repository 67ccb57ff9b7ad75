/** Plays random lists of steps until enough are made. What breaks a promise is made small within a bounded time. */
import fc from 'fast-check';
import type { Site } from './house';
import { play } from './play';
import { anyStep, type Step } from './steps';
import { Tally } from './tally';

export interface Search {
  readonly steps: number;
  readonly seed: number;
  /** Most steps in one list; each begins with an empty house. */
  readonly length: number;
  /** Instant (ms) after which no list is begun. */
  readonly until: number;
  readonly shrinkMs: number;
  /** Told of the first failure at once, and of how far it has come. */
  readonly report: (line: string) => void;
}

export interface Searched {
  readonly made: number;
  readonly tally: Tally;
  /** What breaks a promise, as short as the time allowed; with seed and path. */
  readonly failure: string | null;
}

/** So many lists are drawn from one seed; the next ones from the seed after it. */
const LISTS = 100;
const REPORTED_STEPS = 1000;

/** Never throws for a broken promise; the caller looks at `failure`. */
export async function search(site: Site, wanted: Search): Promise<Searched> {
  const tally = new Tally();
  let made = 0;
  let shrinkUntil: number | null = null;
  let told = 0;
  const enough = (): boolean => made >= wanted.steps || Date.now() > wanted.until;
  for (let seed = wanted.seed; !enough(); seed++) {
    const failed = (error: unknown): never => {
      if (shrinkUntil === null) {
        const why = error instanceof Error ? error.message : String(error);
        wanted.report(`seed ${seed}: ${why}; made small for ${wanted.shrinkMs / 1000} s at most`);
        shrinkUntil = Date.now() + wanted.shrinkMs;
      }
      throw error;
    };
    const property = fc.asyncProperty(
      fc.array(anyStep, { maxLength: wanted.length, size: 'max' }),
      async (steps) => {
        // Once something is found, what is left of the time goes into making it small.
        if (shrinkUntil === null ? enough() : Date.now() > shrinkUntil) return;
        made += await play(site, steps, tally).catch(failed);
        if (shrinkUntil !== null || made - told < REPORTED_STEPS) return;
        told = made;
        wanted.report(`${made} steps made`);
      },
    );
    const details = await fc.check(property, { numRuns: LISTS, seed, unbiased: true });
    if (details.failed) return { made, tally, failure: inWords(details) };
  }
  return { made, tally, failure: null };
}

function inWords(details: fc.RunDetails<[Step[]]>): string {
  const { seed, counterexamplePath, counterexample, errorInstance } = details;
  const why = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  const steps = (counterexample?.[0] ?? []).map((step) => `  ${JSON.stringify(step)},`);
  return [`seed ${seed}, path ${counterexamplePath}: ${why}`, 'the steps:', ...steps].join('\n');
}
