/**
 * Keeps engines that a test may pause, fill and starve: `node keep.mjs [--postgres] [--temporal] [--folder=DIR]`. It
 * prints one JSON line when they are ready, brings back a Postgres that ends by itself, as any supervisor does, and
 * takes everything down when its standard input ends.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { migrate } from '../../embedded/migrate.mjs';
import { startPostgres, stopLeftPostgres } from '../../embedded/postgres.mjs';
import { isOurs } from '../../embedded/processes.mjs';
import { obtainTemporalCli } from '../../embedded/temporal-cli.mjs';
import { startTemporal, stopLeftTemporal } from '../../embedded/temporal.mjs';

const prefix = 'switchyard-neighbours-';
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({
  options: { postgres: flag, temporal: flag, folder: { type: 'string' } },
});
const log = (line) => console.error(line);
const cleanUps = [];
let stopping = false;

process.on('SIGINT', () => {
  // Ctrl-C reaches Jest too, and the end of the pipe then reaches us.
});
process.stdin.resume();
process.stdin.once('end', () => void takeDown(0));

async function takeDown(code) {
  stopping = true;
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
  process.exit(code);
}

// What a killed run left. One that stands still must go on to hear that it is to end.
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isOurs(Number(name.slice(prefix.length).split('-')[0]), ['keep.mjs'])) continue;
    const dir = join(tmpdir(), name);
    goOn(pidIn(join(dir, 'postgres', 'postmaster.pid')));
    await stopLeftPostgres(join(dir, 'postgres'), log);
    await stopLeftTemporal(join(dir, 'temporal.db'), log);
    rmSync(dir, { recursive: true, force: true });
  }
}

function pidIn(file) {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}

function goOn(pid) {
  if (pid > 1 && isOurs(pid, ['postgres'])) process.kill(pid, 'SIGCONT');
}

async function postgres(dir) {
  const dataDir = join(values.folder ?? dir, 'postgres');
  const begin = () => startPostgres({ dataDir, logFile: join(dir, 'postgres.log'), log });
  let server = await begin();
  const keep = async () => {
    for (;;) {
      await server.exited;
      while (!stopping) {
        await sleep(250);
        const next = await begin().catch(() => null);
        if (!next) continue;
        server = next;
        break;
      }
      if (stopping) return;
    }
  };
  void keep();
  cleanUps.push(async () => {
    goOn(server.pid);
    await server.stop();
  });
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE switchyard');
  await client.end();
  const url = server.url.replace(/\/postgres$/, '/switchyard');
  await migrate(url);
  return { url, pidFile: join(server.dataDir, 'postmaster.pid'), log: join(dir, 'postgres.log') };
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
  return { address: server.address, pid: server.pid };
}

try {
  await sweep();
  const dir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Root runs Postgres as another user, who must be able to pass.
  chmodSync(dir, 0o755);
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }));
  const [database, server] = await Promise.all([
    values.postgres ? postgres(dir) : null,
    values.temporal ? temporal(dir) : null,
  ]);
  process.stdout.write(`${JSON.stringify({ postgres: database, temporal: server })}\n`);
} catch (error) {
  log(error.message);
  await takeDown(1);
}
