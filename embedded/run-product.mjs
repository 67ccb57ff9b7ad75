/** What `npm start` does once the checkout is set up. */
import { Failure } from './failure.mjs';
import { announce, inHome, recordServices } from './home.mjs';
import { migrateDatabase, provideDatabase, provideTemporal } from './engines.mjs';
import { freePort, isPortFree } from './processes.mjs';
import { lastWords, startService, waitUntilReady } from './services.mjs';

/** The port to listen on, checked before anything is started. PORT=0 takes a free one. */
export async function choosePort() {
  const wish = process.env.PORT || '3000';
  const port = Number(wish);
  if (!/^\d+$/.test(wish) || port > 65_535) {
    throw new Failure(`PORT is "${wish}", which is no port: give a number from 1 to 65535.`);
  }
  if (port === 0) return freePort();
  if ((await isPortFree(port)) && (await isPortFree(port, '0.0.0.0'))) return port;
  throw new Failure(
    `Port ${port} is in use or not permitted: stop the program that has it, or start with another, such as "PORT=${port + 1} npm start".`,
  );
}

/**
 * Starts engines and services in order. Each that was started is pushed to `started` at once, so
 * that whoever called can stop them in the opposite order; `isWanted` ends the way up early.
 *
 * @returns {Promise<object>} what run.json says
 */
export async function startProduct({ port, started, isWanted, log }) {
  const begin = async (make) => {
    if (!isWanted()) throw new Failure('Stopped while starting.');
    return make();
  };
  const database = await begin(() => provideDatabase(log));
  if (database.process) started.push(asStarted(database.process));
  const temporal = await begin(() => provideTemporal(log));
  if (temporal.process) started.push(asStarted(temporal.process));
  await database.prepare?.();
  const applied = await begin(() => migrateDatabase(database.url));
  if (applied.length > 0) log(`Applied ${applied.length} migrations.`);

  const workerHealthPort = await freePort();
  const env = {
    ...temporal.env,
    ...(temporal.uiUrl ? { TEMPORAL_UI_URL: temporal.uiUrl } : {}),
    DATABASE_URL: database.url,
    PORT: String(port),
    SWITCHYARD_HOME: inHome(),
    SWITCHYARD_SEED: process.env.SWITCHYARD_SEED ?? 'demo',
    WORKER_ROLE: process.env.WORKER_ROLE ?? 'all',
    WORKER_HEALTH_PORT: String(workerHealthPort),
  };
  const workers = await begin(() => startService('workers', 'workers/main.js', env));
  started.push(workers);
  const api = await begin(() => startService('api', 'api/main.js', env));
  started.push(api);
  recordServices([api.pid, workers.pid]);

  const url = `http://localhost:${port}`;
  const workerUrl = `http://127.0.0.1:${workerHealthPort}`;
  await waitUntilReady(api, `http://127.0.0.1:${port}/readyz`, isWanted);
  await waitUntilReady(workers, `${workerUrl}/readyz`, isWanted);
  const facts = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    port,
    url,
    docsUrl: `${url}/docs`,
    healthUrl: `${url}/readyz`,
    workerUrl,
    workerHealthPort,
    databaseUrl: database.url,
    temporalAddress: temporal.address ?? temporal.env.TEMPORAL_ADDRESS,
    temporalUiUrl: temporal.uiUrl,
    demo: env.SWITCHYARD_SEED === 'demo',
  };
  announce(facts);
  return facts;
}

const asStarted = (engine) => ({
  ...engine,
  lastWords: () => lastWords(engine.name, engine.logFile),
});
