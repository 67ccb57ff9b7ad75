/** `npm run check`: all that is not a test. Ends with one line `N passed, N failed`. */
import '../node-version.mjs';
import { existsSync, readdirSync } from 'node:fs';

const { runCommand } = await import('../failure.mjs');
const { inRoot } = await import('../paths.mjs');
const { run } = await import('../progress.mjs');
const { setup } = await import('../setup.mjs');

const modules = (path) => inRoot('node_modules', path);
/** Browsers have other types than Node, and the apps have other ways to read JSX. */
const webTypes = ['web', ...readdirSync(inRoot('web')).map((app) => `web/${app}`)].filter(
  (folder) => existsSync(inRoot(folder, 'tsconfig.json')),
);

const checks = [
  ['types', modules('typescript/bin/tsc'), '--noEmit'],
  ...webTypes.map((folder) => [
    `types of ${folder}`,
    modules('typescript/bin/tsc'),
    '--noEmit',
    '-p',
    inRoot(folder, 'tsconfig.json'),
  ]),
  ['lint', modules('eslint/bin/eslint.js'), '.', '--max-warnings=0'],
  ['format', modules('prettier/bin/prettier.cjs'), '--check', '.'],
  ['dead code', modules('knip/bin/knip.js')],
  ['licences', inRoot('embedded', 'licences.mjs')],
];

await runCommand(async () => {
  await setup({ postgres: false, temporal: false });
  const results = [];
  for (const [name, script, ...args] of checks) {
    const onOutput = (text) => process.stdout.write(text);
    const { code } = await run(process.execPath, [script, ...args], { cwd: inRoot(), onOutput });
    console.log(`${code === 0 ? 'PASS' : 'FAIL'} ${name}`);
    results.push(code === 0);
  }
  const passed = results.filter(Boolean).length;
  console.log(`${passed} passed, ${results.length - passed} failed`);
  if (passed < results.length) process.exitCode = 1;
});
