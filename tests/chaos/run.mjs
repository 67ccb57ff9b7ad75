/**
 * `npm run chaos -- --messages=2000 --seed=1 --seconds=600`: see chaos.ts. `--calm` kills nobody, `--keep` keeps the
 * folder of the run. Its last line is one JSON object; it fails unless nothing was lost, doubled or left lying.
 */
import { transformFileSync } from '@swc/core';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runCommand } from '../../embedded/failure.mjs';
import { migrate } from '../../embedded/migrate.mjs';
import { inRoot } from '../../embedded/paths.mjs';
import { startPostgres, stopLeftPostgres } from '../../embedded/postgres.mjs';
import { isOurs } from '../../embedded/processes.mjs';
import { setup } from '../../embedded/setup.mjs';
import { obtainTemporalCli } from '../../embedded/temporal-cli.mjs';
import { startTemporal, stopLeftTemporal } from '../../embedded/temporal.mjs';

const prefix = 'switchyard-chaos-';
const log = (line) => console.error(line);

await runCommand(async () => {
  const options = readOptions();
  await setup({ postgres: true, temporal: true });
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Root runs Postgres as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'logs'));
  // A copy of its own: what is built meanwhile must not change what comes back after a kill.
  cpSync(inRoot('dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
  const { runChaos } = load(folder);
  log(
    `seed ${options.seed}, ${options.messages} messages, at most ${options.seconds} s, ${folder}`,
  );
  let passed = false;
  try {
    const embedded = { startPostgres, startTemporal, obtainTemporalCli, migrate };
    const preload = inRoot('tests', 'chaos', 'crash-points.cjs');
    const result = await runChaos({ ...options, folder, preload, embedded, log });
    passed = result.passed;
    console.log(JSON.stringify(result.line));
  } finally {
    if (passed && !options.keep) rmSync(folder, { recursive: true, force: true });
    else log(`its logs and data are in ${folder}`);
  }
  process.exitCode = passed ? 0 : 1;
});
process.exit();

function readOptions() {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({
    options: { seed: text, messages: text, seconds: text, calm: flag, keep: flag },
  });
  const number = (name, otherwise) => {
    const value = Number(values[name] ?? otherwise);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Failure(`--${name} must be a whole number above 0.`);
  };
  return {
    seed: number('seed', 1 + (Date.now() % 1_000_000)),
    messages: number('messages', 20_000),
    seconds: number('seconds', 2_400),
    calm: values.calm,
    keep: values.keep,
  };
}

/** Translates what is written in TypeScript into the run's folder and loads it from there. */
function load(folder) {
  const here = inRoot('tests', 'chaos');
  const files = readdirSync(here).filter((name) => /^[a-z-]+\.ts$/.test(name));
  const all = files.map((name) => join(here, name));
  for (const file of [...all, inRoot('tests', 'support', 'fake-receiver.ts')]) {
    const { code } = transformFileSync(file, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const target = join(folder, 'tests', basename(dirname(file)));
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, basename(file).replace(/\.ts$/, '.js')), code);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  return createRequire(import.meta.url)(join(folder, 'tests', 'chaos', 'chaos.js'));
}

/** What a killed run left: its engines, and its folder. (Its processes end with it.) */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (isOurs(pid, ['tests/chaos/run.mjs'])) continue;
    await stopLeftPostgres(join(tmpdir(), name, 'postgres'), log);
    await stopLeftTemporal(join(tmpdir(), name, 'temporal.db'), log);
  }
}
