/**
 * A worker process. WORKER_ROLE says what it does: `conversation` decides, `delivery` sends outside, `relay` rings what
 * was not rung; several separated by commas, or `all`.
 */
import { join } from 'node:path';
import { createActivities } from '../activities';
import { planEdited } from '../activities/plan-hours';
import { ensureNamespace } from '../activities/prepare-temporal';
import { outsideKinds } from '../channels/registry';
import { AfterCommit } from '../db/after-commit';
import { connectDatabase } from '../db/client';
import { createDoorbell } from '../platform/doorbell';
import { readEnv } from '../platform/env';
import { createLogger } from '../platform/logger';
import { createMetrics } from '../platform/metrics';
import { connectTemporal } from '../platform/temporal';
import { connectWorker } from '../platform/temporal-worker';
import { startHealth } from './health';
import { startRelay } from './relay';
import { rolesOf } from './roles';
import { runWorkers } from './run-workers';
import { startReconcile, watchTemporal } from './watch-temporal';

const RELAY_EVERY_MS = 500;
/** How soon an empty Temporal in the place of the last one is noticed. */
const WATCH_EVERY_MS = 10_000;
/** Nobody waits at a screen for it, and some of its statements go over many rows. */
const PATIENCE = { answerWithinMs: 20_000, connectWithinMs: 10_000, mostWaiting: 1_000 };

async function main(): Promise<void> {
  const env = readEnv();
  const roles = rolesOf(env.workerRole);
  const log = createLogger({ level: env.logLevel, name: 'worker' });
  const report = (error: unknown, what: string): void => log.error({ err: error }, what);
  const metrics = createMetrics();
  const db = connectDatabase({
    url: env.databaseUrl,
    name: 'switchyard-worker',
    patience: PATIENCE,
  });
  const temporal = connectTemporal();
  const doorbell = createDoorbell(temporal);
  const afterCommit = new AfterCommit(db, doorbell, report, metrics.handedOut);
  const { secret, publicUrl } = env;
  const sending = { secret, publicUrl, deliveries: metrics.deliveries };
  const activities = createActivities({ db, afterCommit, doorbell, temporal, sending });
  const conversations = roles.has('conversation');
  const polling = conversations || roles.has('delivery') ? await connectWorker() : null;
  // A worker that polls where no namespace is fails after a minute.
  if (polling) await ensureNamespace(temporal).catch((e: unknown) => report(e, 'namespace'));
  const workers = polling
    ? await runWorkers({
        ...polling,
        bundle: join(__dirname, '..', 'workflow-bundle.js'),
        activities,
        conversations,
        deliveryKinds: roles.has('delivery') ? outsideKinds : [],
      })
    : null;
  const relay = roles.has('relay')
    ? startRelay({
        ...{ db, afterCommit, doorbell, everyMs: RELAY_EVERY_MS, report },
        planHours: () => planEdited(db, temporal),
      })
    : null;
  if (conversations) await startReconcile(temporal).catch((e: unknown) => report(e, 'reconcile'));
  const watch = conversations
    ? watchTemporal({
        client: temporal,
        everyMs: WATCH_EVERY_MS,
        onNew: () => log.warn('this Temporal is new: every live conversation is started again'),
        report,
      })
    : null;
  const health = await startHealth({
    port: env.workerHealthPort,
    host: env.host,
    ready: () => db.query('SELECT 1').then(() => undefined),
    metrics: () => metrics.render(),
  });
  log.info({ roles: [...roles] }, 'worker is ready');

  const stop = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  let failure: unknown = null;
  await Promise.race([stop, workers?.failed.catch((error: unknown) => (failure = error)) ?? stop]);

  // The order of going: no new work, running work ends, what it left is done, connections last.
  log.info('worker stops');
  await health.close();
  await relay?.stop();
  await watch?.stop();
  await workers?.stop();
  await afterCommit.settled();
  // A failed worker may hold its connection for ever, and would keep the reason from being told.
  if (failure) throw new Error('a Temporal worker failed', { cause: failure });
  await polling?.connection.close();
  await temporal.connection.close();
  await db.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `The worker cannot run: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
