/** What is kept under SWITCHYARD_HOME about the run itself. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, explain } from './failure.mjs';
import { takeLock } from './lock.mjs';
import { homeDir, readJson } from './paths.mjs';
import { remember, stillRuns, stopProcess } from './processes.mjs';

const servicesFile = join(homeDir, 'services.json');
const runFile = join(homeDir, 'run.json');

/** A file or folder under SWITCHYARD_HOME. */
export const inHome = (...parts) => join(homeDir, ...parts);

/** Takes SWITCHYARD_HOME for this process, or fails with who has it. */
export function claimHome() {
  let lock;
  try {
    mkdirSync(homeDir, { recursive: true });
    lock = takeLock(inHome('start.lock'));
  } catch (error) {
    const known = explain(error.message);
    throw new Failure(
      known ?? `${homeDir} cannot be written (${error.message}): set SWITCHYARD_HOME elsewhere.`,
    );
  }
  if (!lock.holder) return lock;
  throw new Failure(
    `Switchyard already runs on ${homeDir} (process ${lock.holder}): stop it, or set SWITCHYARD_HOME to another folder.`,
  );
}

/** Writes down the processes of our services, so that the next run can stop what a kill left. */
export function recordServices(pids) {
  replace(servicesFile, pids.map(remember));
}

/** Stops the services that a killed run left behind. */
export async function stopLeftServices(log) {
  for (const service of readJson(servicesFile) ?? []) {
    if (!stillRuns(service)) continue;
    log(`Stopping process ${service.pid}, which an earlier run left behind.`);
    await stopProcess(service.pid, {});
  }
  rmSync(servicesFile, { force: true });
  rmSync(runFile, { force: true });
}

/** Tells the command line tools where everything is; the file goes when the run ends. */
export function announce(facts) {
  replace(runFile, facts);
}

/** Takes back what announce and recordServices wrote. */
export function retract() {
  rmSync(servicesFile, { force: true });
  rmSync(runFile, { force: true });
}

// Readable by nobody else: it holds the password of the database.
function replace(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
