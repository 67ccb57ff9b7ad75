/**
 * Temporal as it runs in production, on Postgres: built once with Go from the server's own module, since no registry has
 * it as a binary. For what the embedded server cannot show.
 */
import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '../../embedded/failure.mjs';
import { openLog } from '../../embedded/log-file.mjs';
import { cacheDir, inRoot } from '../../embedded/paths.mjs';
import {
  becomesTrue,
  freePort,
  isPortFree,
  startProcess,
  stopProcess,
} from '../../embedded/processes.mjs';
import { run, withProgress } from '../../embedded/progress.mjs';
import { isExecutable, onPath } from '../../embedded/tools.mjs';

/** The version of docker-compose.yml. */
const version = '1.31.2';
const module = 'go.temporal.io/server';
const folder = join(cacheDir, 'temporal', `server-${version}`);
const startWithinMs = 60_000;
/** As on one machine; docker-compose.yml has more. */
const shards = 64;

/** Builds what is missing: the server and its tool for schemas. @returns their paths */
export async function obtainProductionTemporal() {
  const paths = { server: join(folder, 'server'), sql: join(folder, 'sql') };
  if (Object.values(paths).every(isExecutable)) return paths;
  const go = onPath('go');
  if (!go) throw new Failure('The production Temporal server is built with Go 1.26: install it.');
  await withProgress(
    `Building the production Temporal server ${version} with Go (6 to 15 minutes, once).`,
    () => build(go),
  );
  return paths;
}

async function build(go) {
  const unfinished = `${folder}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  const packages = ['cmd/server', 'cmd/tools/sql'].map((path) => `${module}/${path}@v${version}`);
  const env = { ...process.env, CGO_ENABLED: '0', GOBIN: unfinished };
  const { code, output } = await run(
    go,
    ['install', '-trimpath', '-ldflags', '-s -w', ...packages],
    { cwd: cacheDir, env },
  );
  if (code !== 0) throw new Failure(`It could not be built. Go said:\n${output}`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/**
 * Starts it on two new databases of this Postgres, on 127.0.0.1. It has no namespace yet.
 *
 * @param {{ postgresUrl: string, name: string, logFile: string, port?: number }} options postgresUrl is of a superuser,
 *   `name` begins the names of the databases, `port` is where clients find it (a free one by default)
 * @returns {Promise<{ address: string, pid: number, exited: Promise<object>, stop(): Promise<void> }>} stop also drops
 *   the databases
 */
export async function startProductionTemporal({ postgresUrl, name, logFile, port }) {
  const { server: executable, sql } = await obtainProductionTemporal();
  const url = new URL(postgresUrl);
  const databases = { temporal: name, visibility: `${name}_visibility` };
  for (const [schema, database] of Object.entries(databases)) {
    await makeDatabase(sql, url, database, `postgresql/v12/${schema}`);
  }
  const own = port ?? (await freePort());
  const output = openLog(logFile);
  const server = startProcess(executable, ['--allow-no-auth', 'start'], {
    stdio: ['ignore', output, output],
    env: await environment(url, databases, own),
  });
  closeSync(output);
  const stop = async () => {
    if (server.isRunning()) await stopProcess(server.pid, {});
    await server.exited;
    for (const database of Object.values(databases)) await dropDatabase(url, database);
  };
  const address = `127.0.0.1:${own}`;
  const settled = async () => !server.isRunning() || (await isServing(address));
  if ((await becomesTrue(settled, startWithinMs, 50)) && server.isRunning()) {
    return { address, pid: server.pid, exited: server.exited, stop };
  }
  await stop();
  throw new Failure(`The production Temporal server did not start: see ${logFile}.`);
}

async function makeDatabase(sql, url, database, schema) {
  const env = {
    PATH: process.env.PATH,
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: url.hostname,
    SQL_PORT: url.port,
    SQL_USER: url.username,
    SQL_PASSWORD: decodeURIComponent(url.password),
  };
  for (const words of [
    ['create'],
    ['setup-schema', '-v', '0.0'],
    ['update-schema', '--schema-name', schema],
  ]) {
    const { code, output } = await run(sql, ['--db', database, ...words], { env });
    if (code !== 0) throw new Failure(`The schema of ${database} could not be made:\n${output}`);
  }
}

async function dropDatabase(url, database) {
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await client.end();
}

async function environment(url, databases, port) {
  const ports = [
    ...['FRONTEND_MEMBERSHIP_PORT', 'FRONTEND_HTTP_PORT'],
    ...['HISTORY_GRPC_PORT', 'HISTORY_MEMBERSHIP_PORT'],
    ...['MATCHING_GRPC_PORT', 'MATCHING_MEMBERSHIP_PORT'],
    ...['WORKER_GRPC_PORT', 'WORKER_MEMBERSHIP_PORT'],
  ];
  const free = [];
  for (const name of ports)
    free.push([name, String(await lowPort(free.map(([, taken]) => taken)))]);
  return {
    PATH: process.env.PATH,
    DB: 'postgres12_pgx',
    DB_PORT: url.port,
    POSTGRES_SEEDS: url.hostname,
    POSTGRES_USER: url.username,
    POSTGRES_PWD: decodeURIComponent(url.password),
    DBNAME: databases.temporal,
    VISIBILITY_DBNAME: databases.visibility,
    NUM_HISTORY_SHARDS: String(shards),
    BIND_ON_IP: '127.0.0.1',
    TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
    FRONTEND_GRPC_PORT: String(port),
    DYNAMIC_CONFIG_FILE_PATH: inRoot('embedded', 'temporal', 'dynamic-config.yaml'),
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(free),
  };
}

/** The server keeps the ports of its members in 16 bits with a sign. */
async function lowPort(taken) {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (!taken.includes(String(port)) && (await isPortFree(port))) return port;
  }
}

/** Asks the frontend's own health service, which is up before any namespace is. */
async function isServing(address) {
  const { Connection } = await import('@temporalio/client');
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    const { status } = await connection.healthService.check({
      service: 'temporal.api.workflowservice.v1.WorkflowService',
    });
    await connection.close();
    return status === 1;
  } catch {
    return false;
  }
}
