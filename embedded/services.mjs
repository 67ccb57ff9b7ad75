import { closeSync, existsSync } from 'node:fs';
import { Failure, explain } from './failure.mjs';
import { inHome } from './home.mjs';
import { logSince, logSize, openLog } from './log-file.mjs';
import { inRoot } from './paths.mjs';
import { ask, becomesTrue, startProcess, stopProcess } from './processes.mjs';

const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/**
 * Megabytes of V8's young generation, of which it holds three times as much. Starting fills it with what is garbage a
 * moment later and never gives it back: by default 48 MB a thread, of which the workers have two.
 */
const youngMb = { api: 4, workers: 2 };

/** Starts one of our own processes from dist/ with just this environment; output in logs/<name>.log. */
export function startService(name, script, env) {
  const file = inRoot('dist', ...script.split('/'));
  if (!existsSync(file)) throw new Failure(`${file} is missing: run "npm run setup" again.`);
  const logFile = inHome('logs', `${name}.log`);
  const logFrom = logSize(logFile);
  const output = openLog(logFile);
  const flags = ['--enable-source-maps', `--max-semi-space-size=${youngMb[name]}`];
  const service = startProcess(process.execPath, [...flags, file], {
    cwd: inRoot(),
    // glibc otherwise keeps a heap for nearly every thread of Node and of Temporal's native part.
    env: { MALLOC_ARENA_MAX: '2', ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  return {
    ...service,
    name,
    lastWords: () => lastWords(name, logFile, logFrom),
    async stop() {
      if (!service.isRunning()) return;
      await stopProcess(service.pid, { graceMs: stopWithinMs });
      await service.exited;
    },
  };
}

/** Waits until the service says it is ready; fails when it ends first or takes a minute. */
export async function waitUntilReady(service, url, isWanted) {
  const settled = async () => !isWanted() || !service.isRunning() || (await isOk(url));
  if ((await becomesTrue(settled, readyWithinMs, 50)) && service.isRunning()) return;
  const how = service.isRunning() ? `was not ready within ${readyWithinMs / 1000} s` : 'ended';
  throw new Failure(`The ${service.name} process ${how}. ${service.lastWords()}`);
}

async function isOk(url) {
  try {
    return (await ask(url)).status === 200;
  } catch {
    return false;
  }
}

/** The last lines that a process wrote since it was started, under a line that says where. */
export function lastWords(name, logFile, logFrom = 0) {
  const said = logSince(logFile, logFrom).trimEnd().split('\n').slice(-20).join('\n');
  const known = explain(said);
  return `${known ? `${known} ` : ''}Its last words, from ${logFile}:\n${said || `(${name} said nothing)`}`;
}
