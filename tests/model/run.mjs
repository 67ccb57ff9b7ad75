/**
 * `npm run model`: every scenario in full, then every rule left out. `--scenario=a,b` or `--without=rule` runs a part,
 * `--seconds=N` bounds each search. Ends with one line `N passed, N failed`.
 */
import { transformFileSync } from '@swc/core';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const here = import.meta.dirname;
const built = join(here, '..', '..', '.cache', 'model');
mkdirSync(built, { recursive: true });
writeFileSync(join(built, 'package.json'), '{"type":"commonjs"}');
for (const file of readdirSync(here).filter((name) => /^[a-z-]+\.ts$/.test(name))) {
  const { code } = transformFileSync(join(here, file), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  writeFileSync(join(built, file.replace(/\.ts$/, '.js')), code);
}
const require = createRequire(import.meta.url);
const { RULES, SCENARIOS } = require(join(built, 'scenarios.js'));
const { searchScenario, searchWithout } = require(join(built, 'search.js'));

const option = (name) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const chosen = (all, name, other) => {
  if (option(name)) return option(name).split(',');
  return option(other) ? [] : Object.keys(all);
};
const seconds = Number(option('seconds') ?? 300);
const counts = { passed: 0, failed: 0 };

function run(title, search, isAsExpected) {
  const began = Date.now();
  const found = search({ states: 8e6, until: began + seconds * 1000 });
  const took = ((Date.now() - began) / 1000).toFixed(1);
  const end = found.why ?? (found.complete ? 'holds' : 'BOUNDED');
  console.log(`${title}: ${end} (${found.states} states, ${found.resting} at rest, ${took} s)`);
  found.trace.forEach((step, i) => console.log(`   ${i + 1}. ${step}`));
  const passed = isAsExpected(found);
  if (!passed) console.log('   NOT AS EXPECTED');
  counts[passed ? 'passed' : 'failed']++;
}

for (const name of chosen(SCENARIOS, 'scenario', 'without')) {
  run(
    name,
    (limit) => searchScenario(name, limit),
    (found) => !found.why && found.complete,
  );
}
for (const rule of chosen(RULES, 'without', 'scenario')) {
  const { says, seenIn } = RULES[rule];
  run(
    `without ${rule} (${says}; ${seenIn})`,
    (limit) => searchWithout(rule, limit),
    (f) => f.why,
  );
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
if (counts.failed > 0) process.exitCode = 1;
