/**
 * Random steps by customers, agents, time and misfortune on the real code and a real Postgres; the promises are looked
 * at after each. `npm run model:real -- --steps=100000 --seed=1` is the full form.
 */
import fc from 'fast-check';
import { openSite, type Site } from './house';
import { play } from './play';
import { anyStep } from './steps';

const STEPS = Number(process.env['MODEL_STEPS'] ?? 2000);
/** The same steps each time, so that a change that breaks one is told from bad luck; the full form takes others. */
const SEED = Number(process.env['MODEL_SEED'] ?? 1);
const LENGTH = 60;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it(
  `keeps every promise over ${STEPS} steps`,
  async () => {
    let made = 0;
    let found = false;
    const fail = (error: unknown): never => {
      found = true;
      throw error;
    };
    const property = fc.asyncProperty(
      fc.array(anyStep, { maxLength: LENGTH, size: 'max' }),
      async (steps) => {
        // Once something is found, all of the time goes into making it small.
        if (found || made < STEPS) made += await play(site, steps).catch(fail);
      },
    );
    await fc.assert(property, {
      numRuns: Math.ceil((2 * STEPS) / LENGTH),
      endOnFailure: false,
      seed: SEED,
    });
  },
  Math.max(120_000, STEPS * 200),
);
