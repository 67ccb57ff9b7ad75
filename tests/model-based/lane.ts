/** One of the searches that `npm run model:real` makes side by side: a process with a database of its own. */
import { openSite } from './house';
import { search } from './search';

const [seed = 1, steps = 1, length = 60, until = Infinity] = process.argv.slice(2).map(Number);
const report = (line: string): void => void process.send?.({ line });

async function main(): Promise<void> {
  const site = await openSite();
  try {
    const found = await search(site, { seed, steps, length, until, shrinkMs: 120_000, report });
    const rows = [...found.tally.rows];
    const { made, failure } = found;
    process.send?.({ end: { made, failure, rows, killed: site.routers.killed } });
  } finally {
    await site.close();
  }
}

// With whoever asked for it goes the search.
process.on('disconnect', () => process.exit());

void main().then(
  () => process.disconnect?.(),
  (error: unknown) => {
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
