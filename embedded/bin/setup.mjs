/** `npm run setup`: everything that start, test and check need. */
import '../node-version.mjs';

const { runCommand } = await import('../failure.mjs');
const { hasOwnDatabase, hasOwnTemporal, setup } = await import('../setup.mjs');

await runCommand(() => setup({ postgres: !hasOwnDatabase(), temporal: !hasOwnTemporal() }));
