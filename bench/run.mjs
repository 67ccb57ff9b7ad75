/**
 * `npm run bench -- NAME` (or `all`): starts what the bench needs, prints its table and, as its last line, one JSON
 * object; stops what it started. Progress and the run's conditions go to stderr. `--profile` tells where the product's
 * processes spend their time, `--keep` keeps the run's folder.
 */
import '../embedded/node-version.mjs';
import { transformFileSync } from '@swc/core';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runCommand } from '../embedded/failure.mjs';
import { migrate } from '../embedded/migrate.mjs';
import { inRoot } from '../embedded/paths.mjs';
import { startPostgres, stopLeftPostgres } from '../embedded/postgres.mjs';
import { freePort, isOurs } from '../embedded/processes.mjs';
import { setup } from '../embedded/setup.mjs';
import { obtainTemporalCli } from '../embedded/temporal-cli.mjs';
import { startTemporal, stopLeftTemporal } from '../embedded/temporal.mjs';
import { startProductionTemporal } from '../tests/support/production-temporal.mjs';

const prefix = 'switchyard-bench-';
const log = (line) => console.error(line);
const engines = { startPostgres, startTemporal, startProductionTemporal };
const embedded = { ...engines, obtainTemporalCli, migrate, freePort };

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  await setup({ postgres: true, temporal: true });
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Root runs Postgres as another user, who must be able to pass.
  chmodSync(folder, 0o755);
  try {
    const { benches, runBench } = load(folder);
    const [name = '', ...more] = positionals;
    const names = name === 'all' ? Object.keys(benches) : [name, ...more];
    for (const each of names) {
      if (each in benches) continue;
      throw new Failure(
        `There is no bench "${each}". Say: all, ${Object.keys(benches).join(', ')}.`,
      );
    }
    const results = {};
    for (const each of names) {
      const own = join(folder, 'runs', each);
      mkdirSync(own, { recursive: true });
      results[each] = await runBench(each, {
        ...{ folder: own, root: folder, profile: values.profile, embedded, log },
      });
    }
    console.log(JSON.stringify(names.length === 1 ? results[name] : results));
  } finally {
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
    else log(`its logs and data are in ${folder}`);
  }
});
process.exit();

/**
 * Translates the benches into the run's folder, beside links to what is built, and loads them from there: their
 * imports of the product then reach the very code that it runs.
 */
function load(folder) {
  for (const name of readdirSync(inRoot('dist'), { withFileTypes: true })) {
    if (name.isDirectory()) symlinkSync(inRoot('dist', name.name), join(folder, name.name));
  }
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'));
  for (const part of ['.', 'load']) {
    mkdirSync(join(folder, 'bench', part), { recursive: true });
    for (const name of readdirSync(inRoot('bench', part)).filter((file) => file.endsWith('.ts'))) {
      const { code } = transformFileSync(inRoot('bench', part, name), {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
        module: { type: 'commonjs', ignoreDynamic: true },
      });
      writeFileSync(join(folder, 'bench', part, name.replace(/\.ts$/, '.js')), code);
    }
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  return createRequire(import.meta.url)(join(folder, 'bench', 'benches.js'));
}

/** Engines that a killed run left. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (isOurs(pid, ['bench/run.mjs'])) continue;
    const runs = join(tmpdir(), name, 'runs');
    for (const each of readdirSync(runs)) {
      await stopLeftPostgres(join(runs, each, 'postgres'), log);
      await stopLeftTemporal(join(runs, each, 'temporal.db'), log);
    }
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
