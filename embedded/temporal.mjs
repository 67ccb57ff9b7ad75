import { closeSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure, explain } from './failure.mjs';
import { logSince, logSize, openLog } from './log-file.mjs';
import { readJson } from './paths.mjs';
import { ask, becomesTrue, freePort, isOurs, startProcess, stopProcess } from './processes.mjs';

const startWithinMs = 60_000;

/** What an operator can filter conversations by in the Temporal UI. */
const searchAttributes = {
  Channel: 'Keyword',
  QueueId: 'Keyword',
  AgentId: 'Keyword',
  ConversationStatus: 'Keyword',
  Placement: 'Keyword',
  CustomerRef: 'Keyword',
  NextDeadlineAt: 'Datetime',
  Priority: 'Int',
};

/**
 * Starts the Temporal dev server on a database file (made when missing), on 127.0.0.1, with the
 * namespace `default`, its UI and our search attributes; ports are free ones, kept for the next
 * time. A server that a killed run left on this file is stopped first.
 *
 * @param {{ executable: string, dbFile: string, logFile: string, log?: (line: string) => void,
 *   headless?: boolean }} options
 * @returns {Promise<{ address: string, uiUrl: string | undefined, pid: number,
 *   exited: Promise<object>, stop(): Promise<void> }>}
 */
export async function startTemporal(options) {
  const { executable, dbFile, logFile, log = () => {}, headless = false } = options;
  const memory = `${dbFile}.json`;
  let known = readJson(memory) ?? {};
  await stopLeftTemporal(dbFile, log);
  if (!known.complete) {
    // Killed while it made its tables: such a file would fail for ever.
    for (const end of ['', '-wal', '-shm']) rmSync(dbFile + end, { force: true });
  }
  mkdirSync(dirname(dbFile), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const wish = attempt === 1 ? known : {};
    const ports = {
      port: await freePort(wish.port),
      httpPort: await freePort(wish.httpPort),
      uiPort: await freePort(wish.uiPort),
    };
    const logFrom = logSize(logFile);
    const output = openLog(logFile);
    const server = startProcess(executable, flags(dbFile, ports, headless), {
      stdio: ['ignore', output, output],
      env: withoutTemporal(process.env),
    });
    closeSync(output);
    known = { ...known, ...ports, pid: server.pid };
    writeFileSync(memory, JSON.stringify(known));
    const settled = async () => !server.isRunning() || (await isServing(ports.httpPort));
    if ((await becomesTrue(settled, startWithinMs, 50)) && server.isRunning()) {
      writeFileSync(memory, JSON.stringify({ ...known, complete: true }));
      return {
        address: `127.0.0.1:${ports.port}`,
        uiUrl: headless ? undefined : `http://127.0.0.1:${ports.uiPort}`,
        pid: server.pid,
        exited: server.exited,
        stop: () => stopServer(server),
      };
    }
    await stopServer(server);
    const said = logSince(logFile, logFrom);
    if (/address already in use/i.test(said) && attempt < 4) continue;
    throw new Failure(
      explain(said) ?? `Temporal did not start; its last words, from ${logFile}:\n${said}`,
    );
  }
}

/** Stops the Temporal server that a killed run left on this file, if there is one. */
export async function stopLeftTemporal(dbFile, log) {
  const pid = readJson(`${dbFile}.json`)?.pid;
  if (!isOurs(pid, ['start-dev', dbFile])) return;
  log('Stopping a Temporal server that an earlier run left behind.');
  await stopProcess(pid, {});
}

function flags(dbFile, { port, httpPort, uiPort }, headless) {
  return [
    ...['server', 'start-dev', '--db-filename', dbFile, '--namespace', 'default'],
    ...['--ip', '127.0.0.1', '--port', String(port), '--http-port', String(httpPort)],
    ...(headless ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--log-format', 'json', '--log-level', 'warn'],
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    ...['--dynamic-config-value', 'frontend.enableServerVersionCheck=false'],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
  ];
}

/** An environment without what it says of some Temporal server: ours is another. */
export const withoutTemporal = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));

async function isServing(httpPort) {
  const url = `http://127.0.0.1:${httpPort}/api/v1/namespaces/default/search-attributes`;
  try {
    const { status, text } = await ask(url);
    if (status !== 200) return false;
    const known = JSON.parse(text).customAttributes ?? {};
    return Object.keys(searchAttributes).every((name) => name in known);
  } catch {
    return false;
  }
}

async function stopServer(server) {
  if (!server.isRunning()) return;
  await stopProcess(server.pid, {});
  await server.exited;
}
