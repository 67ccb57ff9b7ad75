import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, explain } from './failure.mjs';
import { logSince, logSize, openLog } from './log-file.mjs';
import { hashOf, readIfThere, readJson } from './paths.mjs';
import { postgresBin, postgresMajor } from './postgres-binaries.mjs';
import { asideFor, postgresUser, reaches } from './postgres-user.mjs';
import { becomesTrue, freePort, isOurs, startProcess, stopProcess } from './processes.mjs';

const startWithinMs = 60_000;

/**
 * Starts the embedded Postgres on `dataDir` (made when missing), on 127.0.0.1 and a free port that
 * is kept for the next time. A server that a killed run left on this folder is stopped first.
 *
 * @param {{ dataDir: string, logFile: string, log?: (line: string) => void,
 *   settings?: Record<string, string> }} options settings are Postgres' own, by name
 * @returns {Promise<{ url: string, port: number, dataDir: string, pid: number,
 *   exited: Promise<object>, stop(): Promise<void> }>} url is of the superuser and the database
 *   `postgres`; dataDir is where the data really is, which for root may be elsewhere
 */
export async function startPostgres({ dataDir: wanted, logFile, log = () => {}, settings = {} }) {
  const user = postgresUser(log);
  mkdirSync(dirname(wanted), { recursive: true });
  const dataDir = reachableDataDir(wanted, user, log);
  const bin = postgresBin(user, log);
  const identity = user && { uid: user.uid, gid: user.gid };
  await stopLeftPostgres(dataDir, log);
  await ensureCluster({ bin, dataDir, identity });

  const memory = `${dataDir}.json`;
  const known = readJson(memory);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? known.port : undefined);
    writeFileSync(memory, JSON.stringify({ ...known, port }), { mode: 0o600 });
    const logFrom = logSize(logFile);
    const output = openLog(logFile);
    const server = startProcess(join(bin, 'postgres'), serverFlags(dataDir, port, settings), {
      ...identity,
      cwd: dataDir,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const ready = () => !server.isRunning() || statusOf(dataDir, server.pid) === 'ready';
    if ((await becomesTrue(ready, startWithinMs)) && server.isRunning()) {
      const url = `postgresql://postgres:${known.password}@127.0.0.1:${port}/postgres`;
      const stop = () => stopServer(server);
      return { url, port, dataDir, pid: server.pid, exited: server.exited, stop };
    }
    await stopServer(server);
    const said = logSince(logFile, logFrom);
    if (/Address already in use/.test(said) && attempt < 4) continue;
    throw new Failure(
      explain(said) ?? `Postgres did not start; its last words, from ${logFile}:\n${said}`,
    );
  }
}

function serverFlags(dataDir, port, settings) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(port), ...flags];
}

// The data of a user who cannot pass our folders is kept aside, under a name made of the folder's.
function reachableDataDir(wanted, user, log) {
  if (!user || reaches(dirname(wanted), user)) return wanted;
  const aside = join(asideFor(user), `data-${hashOf(wanted).slice(0, 12)}`);
  if (existsSync(wanted)) {
    throw new Failure(
      `The user ${user.name}, who runs Postgres for root, can no longer reach ${wanted}: open the folders above it ("chmod 755"), or set SWITCHYARD_HOME.`,
    );
  }
  log(`The user ${user.name} cannot reach ${dirname(wanted)}: the database is kept in ${aside}.`);
  return aside;
}

/** Stops the Postgres that a killed run left on this folder, if there is one. */
export async function stopLeftPostgres(dataDir, log) {
  const file = join(dataDir, 'postmaster.pid');
  const pid = Number(readIfThere(file)?.toString().split('\n')[0]);
  if (!pid) return;
  if (isOurs(pid, ['postgres', `-D ${dataDir} `])) {
    log('Stopping a Postgres that an earlier run left behind.');
    await stopProcess(pid, { signal: 'SIGINT', graceMs: 20_000, last: 'SIGQUIT' });
  }
  // A file left by a kill would keep Postgres out if some other process now has that id.
  rmSync(file, { force: true });
}

// initdb works beside the final place, so that one that was interrupted leaves nothing half done.
async function ensureCluster({ bin, dataDir, identity }) {
  const version = readIfThere(join(dataDir, 'PG_VERSION'))?.toString().trim();
  const major = postgresMajor();
  if (version && version !== major) {
    throw new Failure(
      `The database in ${dataDir} was made by Postgres ${version}, but this version brings Postgres ${major}: set SWITCHYARD_HOME to a new folder, or dump the old database and restore it to one given by DATABASE_URL.`,
    );
  }
  const memory = `${dataDir}.json`;
  if (version && readJson(memory)?.password) return;
  if (version || (existsSync(dataDir) && readdirSync(dataDir).length > 0)) {
    throw new Failure(
      `${dataDir} holds something that is not our database: move it away, or set SWITCHYARD_HOME to another folder.`,
    );
  }
  const password = randomBytes(18).toString('base64url');
  const unfinished = `${dataDir}.unfinished`;
  const passwordFile = `${unfinished}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity) {
    for (const path of [unfinished, passwordFile]) chownSync(path, identity.uid, identity.gid);
  }
  try {
    await runInitdb(join(bin, 'initdb'), unfinished, passwordFile, identity);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(memory, JSON.stringify({ password }), { mode: 0o600 });
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(unfinished, dataDir);
}

function runInitdb(initdb, dataDir, passwordFile, identity) {
  const flags = [
    `--pgdata=${dataDir}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  return new Promise((resolve, reject) => {
    execFile(initdb, flags, { ...identity, cwd: dataDir }, (error, _stdout, stderr) => {
      if (!error) return resolve();
      reject(new Failure(explain(stderr) ?? `Postgres' initdb failed: ${stderr || error.message}`));
    });
  });
}

// The eighth line of postmaster.pid is the server's own word on whether it takes connections.
function statusOf(dataDir, pid) {
  const lines = readIfThere(join(dataDir, 'postmaster.pid'))?.toString().split('\n') ?? [];
  return Number(lines[0]) === pid ? lines[7]?.trim() : undefined;
}

async function stopServer(server) {
  if (!server.isRunning()) return;
  await stopProcess(server.pid, { signal: 'SIGINT', graceMs: 20_000, last: 'SIGQUIT' });
  await server.exited;
}
