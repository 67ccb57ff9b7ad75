import { openSite, type Site } from './house';
import { moveClock, readClock } from './watch';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('lets time pass only when it is told to, for every process', async () => {
  const [db, other] = site.processes;
  const before = await readClock(db);
  while (Date.now() <= before + 5) await db.query('SELECT 1');
  expect(await readClock(other)).toBe(before);
  await moveClock(db, 250);
  expect(await readClock(other)).toBe(before + 250);
});
