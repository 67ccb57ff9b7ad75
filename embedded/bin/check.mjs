/** `npm run check`: all that is not a test. Ends with one line `N passed, N failed`. */
import '../node-version.mjs';
import { existsSync } from 'node:fs';

const { runCommand } = await import('../failure.mjs');
const { inRoot } = await import('../paths.mjs');
const { run } = await import('../progress.mjs');
const { setup } = await import('../setup.mjs');

const modules = (path) => inRoot('node_modules', path);
const checks = [
  ['types', modules('typescript/bin/tsc'), '--noEmit'],
  ['lint', modules('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  ['format', modules('prettier/bin/prettier.cjs'), '--check', '.'],
  ['dead code', modules('knip/bin/knip.js')],
  ['licences', inRoot('embedded', 'licences.mjs')],
];

await runCommand(async () => {
  await setup({ postgres: false, temporal: false });
  let failed = 0;
  for (const [name, script, ...args] of checks.filter((check) => existsSync(check[1]))) {
    const { code, output } = await run(process.execPath, [script, ...args], { cwd: inRoot() });
    console.log(code === 0 ? `PASS ${name}` : `FAIL ${name}\n${output}`);
    if (code !== 0) failed += 1;
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});
