/** The API's process. Only here is it put together and taken apart. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { seedDemo } from '../prisma/seed';
import { AfterCommit } from '../db/after-commit';
import { connectDatabase } from '../db/client';
import { forgetOldAnswers } from '../db/idempotency';
import { Intake } from '../db/messages/intake';
import { Lookups } from '../db/lookups';
import { createDoorbell } from '../platform/doorbell';
import { readEnv } from '../platform/env';
import { createLogger } from '../platform/logger';
import { createMetrics } from '../platform/metrics';
import { diskStorage } from '../platform/storage';
import { connectTemporal, pingTemporal } from '../platform/temporal';
import { createApp } from './app';
import { attachRealtime } from './realtime/attach';
import { createHub } from './realtime/hub';

/** How long requests that are being answered may take to end. Below what orchestrators wait before they kill. */
const DRAIN_MS = 10_000;
/** Longer than any of our statements takes; so long, at most, a request waits for a database that stands still. */
const PATIENCE = { answerWithinMs: 6_000, connectWithinMs: 3_000, mostWaiting: 1_000 };
const FORGET_EVERY_MS = 60 * 60 * 1000;

async function main(): Promise<void> {
  const stop = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  const env = readEnv();
  const log = createLogger({ level: env.logLevel, name: 'api' });
  const report = (error: unknown, what: string): void => log.error({ err: error }, what);
  const db = connectDatabase({ url: env.databaseUrl, name: 'switchyard-api', patience: PATIENCE });
  if (env.seed === 'demo') await seedDemo(db, env);
  const temporal = connectTemporal();
  const metrics = createMetrics();
  const doorbell = createDoorbell(temporal);
  const afterCommit = new AfterCommit(db, doorbell, report, metrics.handedOut);
  const hub = createHub({ db, url: env.databaseUrl, wake: afterCommit.wake, report });
  const deps = {
    db,
    afterCommit,
    intake: new Intake(db, (effects) => afterCommit.start(effects)),
    lookups: new Lookups(db),
    env,
    log,
    hub,
    metrics,
    storage: diskStorage(env.filesDir),
    // Beside our own compiled folder.
    webFolder: join(__dirname, '..', 'web'),
    pingTemporal: () => pingTemporal(temporal),
  };
  const server = createServer(createApp(deps));
  const realtime = attachRealtime(server, deps);
  const housekeeping = setInterval(
    () => void forgetOldAnswers(db).catch((error: unknown) => report(error, 'housekeeping')),
    FORGET_EVERY_MS,
  );
  server.listen(env.port, env.host);
  await once(server, 'listening');
  log.info({ port: env.port }, 'api is ready');

  const signal = await stop;

  // The order of going: nothing new comes in, what is being answered ends, what it left to do is done, then the
  // connections, each after those who use it.
  log.info({ signal }, 'api stops');
  clearInterval(housekeeping);
  const closed = once(server, 'close');
  server.close();
  realtime.close();
  await drained(server, closed);
  await afterCommit.settled();
  await hub.close();
  await temporal.connection.close();
  await db.close();
  log.info('api has stopped');
}

/** Waits for the answers that are under way, at most so long, then ends every connection. */
async function drained(server: Server, closed: Promise<unknown>): Promise<void> {
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(late);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The API cannot run: ${reason}\n`);
    process.exit(1);
  },
);
