/**
 * `npm run model:real -- --steps=100000 --seed=1`: the model-based test of the real code in full. `--lanes=4` searches
 * go side by side, each with a database and routers of its own, for `--seconds=1200` at most. Prints what was done how
 * often; its last line is one JSON object. It fails where a promise broke, and where not all steps were made in time.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');
const option = (name, otherwise) =>
  Number(
    process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise,
  );
const seed = option('seed', 1 + (Date.now() % 1_000_000));
const steps = option('steps', 100_000);
const lanes = option('lanes', 4);
const seconds = option('seconds', 1200);
/** Seeds of two lanes must not meet: each goes up by one now and then. */
const LANES_APART = 1_000_000;
const LONGEST = 120;

// A copy of its own: what is edited meanwhile must not change what a new process reads.
const folder = mkdtempSync(join(tmpdir(), 'switchyard-model-'));
for (const name of ['core', 'db', 'tests/model-based', 'tests/support'])
  cpSync(join(root, name), join(folder, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

console.log(`steps ${steps}, seed ${seed}, lanes ${lanes}`);
const engines = spawn(
  process.execPath,
  [join(root, 'tests/support/keep-engines.mjs'), 'postgres'],
  {
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const [told] = await once(createInterface({ input: engines.stdout }), 'line');
const began = Date.now();
const env = { ...process.env, ...JSON.parse(told) };
const ends = await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
engines.stdin.end();
await once(engines, 'exit');
report();

async function run(lane) {
  const here = join(folder, 'tests', 'model-based');
  const words = [
    seed + lane * LANES_APART,
    Math.ceil(steps / lanes),
    LONGEST,
    began + 1000 * seconds,
  ];
  const child = fork(join(here, 'lane.ts'), words.map(String), {
    execArgv: ['--require', join(here, 'read-typescript.cjs')],
    env,
  });
  let end = { made: 0, failure: 'it ended by itself', rows: [], killed: 0 };
  child.on('message', (message) => {
    if (message.line) console.log(`${Math.round((Date.now() - began) / 1000)} s, lane ${lane}: ${message.line}`); // prettier-ignore
    if (message.end) end = message.end;
  });
  await once(child, 'exit');
  return end;
}

function report() {
  const counts = new Map();
  for (const [kind, { made, refused, idle }] of ends.flatMap((end) => end.rows)) {
    const sum = counts.get(kind) ?? { made: 0, refused: 0, idle: 0 };
    counts.set(kind, {
      made: sum.made + made,
      refused: sum.refused + refused,
      idle: sum.idle + idle,
    });
  }
  console.log(`\n${'what'.padEnd(52)}${['made', 'refused', 'idle'].map((word) => word.padStart(9)).join('')}`); // prettier-ignore
  for (const [kind, { made, refused, idle }] of [...counts].sort(([x], [y]) => (x < y ? -1 : 1)))
    console.log(kind.padEnd(52) + [made, refused, idle].map((n) => String(n).padStart(9)).join(''));
  const failures = ends.map((end) => end.failure).filter((failure) => failure !== null);
  for (const failure of failures) console.log(`\n${failure}`);
  const sum = (what) => ends.reduce((all, end) => all + end[what], 0);
  const took = Math.round((Date.now() - began) / 1000);
  const line = {
    steps: sum('made'),
    complete: sum('made') >= steps,
    failures: failures.length,
    routersKilled: sum('killed'),
    lanes,
    seed,
    seconds: took,
  };
  console.log(`\n${JSON.stringify(line)}`);
  process.exitCode = failures.length > 0 || !line.complete ? 1 : 0;
}
