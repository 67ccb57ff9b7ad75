/**
 * `npm test`: set-up, then Jest with whatever is passed on, for example
 * `npm test -- --selectProjects unit`. Ends with one line `N passed, N failed`.
 */
import '../node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { runCommand } = await import('../failure.mjs');
const { inRoot, readJson } = await import('../paths.mjs');
const { setup } = await import('../setup.mjs');

await runCommand(async () => {
  // Tests bring engines of their own, whatever this shell is set up for.
  const timeSkipping = await setup({ postgres: true, temporal: true, timeSkipping: true });
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-results-'));
  const results = join(folder, 'results.json');
  try {
    process.exitCode = await jest(results, process.argv.slice(2));
    report(readJson(results), timeSkipping.reason);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function jest(results, words) {
  const flags = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`];
  const child = spawn(process.execPath, [...flags, ...words], { cwd: inRoot(), stdio: 'inherit' });
  // Ctrl-C reaches Jest as well, which then ends by itself.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

function report(results, withoutTimeSkipping) {
  if (!results) {
    // Jest ended before any test: asked only for its help, or an engine did not start.
    if (process.exitCode !== 0) console.log('0 passed, 1 failed');
    return;
  }
  const skipped = results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  if (withoutTimeSkipping) {
    console.log(`not run: tests on the time-skipping server, since ${withoutTimeSkipping}`);
  }
  const passed = `${results.numPassedTests} passed, ${failed} failed`;
  console.log(skipped > 0 ? `${passed}, ${skipped} skipped` : passed);
}
