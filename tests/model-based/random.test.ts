/**
 * Random steps by customers, agents, time and misfortune on the real code and a real Postgres; the promises are looked
 * at after each. `npm run model:real -- --steps=100000 --seed=1` is the full form.
 */
import { openSite, type Site } from './house';
import { search } from './search';

const STEPS = 2000;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it(`keeps every promise over ${STEPS} steps`, async () => {
  const failures: string[] = [];
  // The same steps each time, so that a change that breaks one is told from bad luck; the full form takes others.
  const { failure } = await search(site, {
    ...{ steps: STEPS, seed: 1, length: 60, until: Infinity, shrinkMs: 60_000 },
    // At once, lest a run that is cut off keeps what it has found to itself.
    report: (line) => line.startsWith('seed') && failures.push(line) && console.error(line),
  });
  expect(failure).toBeNull();
}, 600_000);
