/**
 * Keeps the engines of one test run: started by Jest's global set-up with the names of what it
 * needs (postgres, temporal, bundle, time-skipping), it prints one JSON line of environment
 * variables when all is ready, and takes everything down when its standard input ends. Jest holds
 * the other end of that pipe, so it ends with Jest, however Jest ends.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflows } from '../../embedded/bundle.mjs';
import { migrate } from '../../embedded/migrate.mjs';
import { startPostgres, stopLeftPostgres } from '../../embedded/postgres.mjs';
import { isOurs } from '../../embedded/processes.mjs';
import { startTemporal, stopLeftTemporal } from '../../embedded/temporal.mjs';
import { obtainTemporalCli } from '../../embedded/temporal-cli.mjs';
import { obtainTimeSkippingServer } from '../../embedded/time-skipping.mjs';

const prefix = 'switchyard-test-';
const needs = new Set(process.argv.slice(2));
const log = (line) => console.error(line);
const cleanUps = [];

process.on('SIGINT', () => {
  // Ctrl-C reaches Jest too, and the end of the pipe then reaches us.
});
process.stdin.resume();
process.stdin.once('end', () => void takeDown(0));

async function takeDown(code) {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  process.exit(code);
}

// What a killed host left in the temporary folder, and the engines that still run on it.
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isOurs(Number(name.slice(prefix.length).split('-')[0]), ['keep-engines.mjs'])) continue;
    const dir = join(tmpdir(), name);
    await stopLeftPostgres(join(dir, 'postgres'), log);
    await stopLeftTemporal(join(dir, 'temporal.db'), log);
    rmSync(dir, { recursive: true, force: true });
  }
}

async function postgres(dir) {
  const server = await startPostgres({
    dataDir: join(dir, 'postgres'),
    logFile: join(dir, 'postgres.log'),
    log,
    // Nothing of it outlives the run; what a kill of our own processes loses is tested all the same.
    settings: { fsync: 'off', full_page_writes: 'off' },
  });
  cleanUps.push(async () => {
    process.kill(server.pid, 'SIGQUIT');
    await server.exited;
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE switchyard_template');
  await client.end();
  await migrate(server.url.replace(/\/postgres$/, '/switchyard_template'));
  return { SWITCHYARD_TEST_PG: server.url };
}

async function temporal(dir) {
  const server = await startTemporal({
    executable: await obtainTemporalCli(),
    dbFile: join(dir, 'temporal.db'),
    logFile: join(dir, 'temporal.log'),
    log,
    headless: true,
  });
  cleanUps.push(async () => {
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
  });
  return { SWITCHYARD_TEST_TEMPORAL: server.address };
}

async function bundle(dir) {
  const file = join(dir, 'workflow-bundle.js');
  await bundleWorkflows(file);
  return { SWITCHYARD_TEST_BUNDLE: file };
}

async function timeSkipping() {
  const found = await obtainTimeSkippingServer();
  return found.path
    ? { SWITCHYARD_TEST_TIME_SKIPPING: found.path }
    : { SWITCHYARD_TEST_TIME_SKIPPING_MISSING: found.reason };
}

const makers = { postgres, temporal, bundle, 'time-skipping': timeSkipping };

try {
  await sweep();
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Root runs Postgres as another user, who must be able to pass.
  chmodSync(dir, 0o755);
  // Pushed first, so done last.
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }));
  const results = await Promise.all([...needs].map((need) => makers[need](dir)));
  process.stdout.write(`${JSON.stringify(Object.assign({}, ...results))}\n`);
} catch (error) {
  log(error.message);
  await takeDown(1);
}
