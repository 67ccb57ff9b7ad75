import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './paths.mjs';
import { leaveCommands, takeOverCommands } from './progress.mjs';
import { takeLock } from './lock.mjs';
import { buildWeb, bundleForWorkers, compile, generatePrismaClient } from './build-steps.mjs';
import { installDependencies } from './dependencies.mjs';
import { preparePostgresBinaries } from './postgres-binaries.mjs';
import { obtainTemporalCli } from './temporal-cli.mjs';
import { obtainTimeSkippingServer } from './time-skipping.mjs';

/** Whether the database is one of the user's own. */
export const hasOwnDatabase = () => Boolean(process.env.DATABASE_URL);

/** Whether Temporal is one of the user's own, named in any way that @temporalio/envconfig knows. */
export const hasOwnTemporal = () =>
  ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) =>
    Boolean(process.env[name]),
  );

/**
 * Brings the checkout to where it can run: each step looks whether it is done, and says so when it
 * has something to do. Safe to interrupt and to repeat; a second one at the same time waits.
 *
 * @param {{ postgres: boolean, temporal: boolean, timeSkipping?: boolean }} engines which of the
 *   embedded engines to prepare
 * @returns {Promise<{ path?: string, reason?: string } | undefined>} the time-skipping server, or
 *   why there is none, if it was asked for
 */
export async function setup({ postgres, temporal, timeSkipping = false }) {
  const lock = await waitForLock();
  try {
    takeOverCommands();
    await installDependencies();
    await generatePrismaClient();
    if (postgres) preparePostgresBinaries();
    if (temporal) await obtainTemporalCli();
    await compile();
    await bundleForWorkers();
    await buildWeb();
    return timeSkipping ? await obtainTimeSkippingServer() : undefined;
  } finally {
    leaveCommands();
    lock.release();
  }
}

async function waitForLock() {
  for (let said = false; ; said = true) {
    const lock = takeLock(join(inRoot('.cache'), 'setup.lock'));
    if (!lock.holder) return lock;
    if (!said) console.error(`Waiting for the set-up that process ${lock.holder} is doing.`);
    await sleep(200);
  }
}
