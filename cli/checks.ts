/** What `doctor` looks at. Each check says in one sentence what is, or what is wrong and what to do. */
import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CONVERSATION_TASK_QUEUE } from '../workflows/ids';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';
import { bootstrapModule, root } from './bootstrap';
import { Failure, reasonOf } from './failure';
import { withDatabase, withTemporal, type Place } from './place';

export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly says: string;
}

type Check = (place: Place) => Promise<string>;

const ENOUGH_DISK_BYTES = 1024 ** 3;
const PATIENCE_MS = 5000;

/** Runs all checks, one after the other, in the order in which things depend on each other. */
export async function checkAll(place: Place): Promise<Finding[]> {
  const findings = await (await inspect()).inspectCheckout();
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      findings.push({ name, ok: true, says: await check(place) });
    } catch (error) {
      findings.push({ name, ok: false, says: reasonOf(error) });
    }
  }
  return findings;
}

const CHECKS: Readonly<Record<string, Check>> = {
  disk: checkDisk,
  database: checkDatabase,
  Temporal: checkTemporal,
  API: checkApi,
  worker: checkWorker,
};

/** embedded/inspect.mjs */
interface Inspect {
  inspectCheckout: () => Promise<Finding[]>;
  inspectEngine: (name: 'database' | 'Temporal') => Promise<Finding>;
}
const inspect = (): Promise<Inspect> => bootstrapModule<Inspect>('inspect.mjs');

async function engine(name: 'database' | 'Temporal'): Promise<string> {
  const { ok, says } = await (await inspect()).inspectEngine(name);
  if (ok) return says;
  throw new Failure(says);
}

async function checkDisk({ home }: Place): Promise<string> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const words = `${(free / 1024 ** 3).toFixed(1)} GB are free at ${home}`;
  if (free >= ENOUGH_DISK_BYTES) return `${words}.`;
  throw new Failure(
    `Only ${words}: free some space, or set SWITCHYARD_HOME to a folder on another disk.`,
  );
}

async function checkDatabase(place: Place): Promise<string> {
  if (!place.databaseUrl) return engine('database');
  return withDatabase(place, async (db) => {
    const applied = await db
      .query<{ name: string }>(
        'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
      )
      .catch((error: unknown) => {
        if ((error as { code?: string }).code === '42P01') return [];
        throw new Failure(
          `The database does not answer (${reasonOf(error)}): start it, or correct DATABASE_URL.`,
        );
      });
    const known = new Set(applied.map((row) => row.name));
    const missing = readdirSync(join(root, 'prisma', 'migrations'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !known.has(entry.name))
      .map((entry) => entry.name);
    if (missing.length === 0) return 'The database answers and has the schema of this version.';
    throw new Failure(
      `The database lacks ${missing.length} migrations (${missing[0]} first): run "npx switchyard migrate".`,
    );
  });
}

async function checkTemporal(place: Place): Promise<string> {
  if (!place.temporal) return engine('Temporal');
  return withTemporal(place, async (client) => {
    const { connection } = client;
    const { namespace } = client.options;
    const { operatorService } = connection as unknown as {
      operatorService: {
        listSearchAttributes(r: object): Promise<{ customAttributes?: object | null }>;
      };
    };
    const answer = await connection
      .withDeadline(Date.now() + PATIENCE_MS, () =>
        operatorService.listSearchAttributes({ namespace }),
      )
      .catch((error: unknown) => {
        throw new Failure(
          `Temporal does not answer for the namespace ${namespace} (${reasonOf(error)}): start it, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.`,
        );
      });
    const missing = SEARCH_ATTRIBUTES.filter((a) => !(a.name in (answer.customAttributes ?? {})));
    if (missing.length === 0) return `Temporal answers for the namespace ${namespace}.`;
    throw new Failure(
      `Temporal lacks ${missing.length} search attributes: run "npx switchyard reconcile".`,
    );
  });
}

async function checkApi({ url, port }: Place): Promise<string> {
  if (!url) {
    if (await isFree(port)) {
      throw new Failure(`The product does not run here; its port ${port} is free: "npm start".`);
    }
    throw new Failure(
      `The product does not run here, and something else has its port ${port}: stop that, or start with another, such as "PORT=${port + 1} npm start".`,
    );
  }
  const ready = `${url}/readyz`;
  const answer = await fetch(ready, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (error: unknown) => {
      throw new Failure(`The API does not answer at ${ready} (${reasonOf(error)}): "npm start".`);
    },
  );
  if (answer.ok) return `The API is ready at ${url}.`;
  throw new Failure(
    `The API at ${url} is not ready (${answer.status}): its database or Temporal does not answer it; see its log.`,
  );
}

async function checkWorker(place: Place): Promise<string> {
  return withTemporal(place, async (client) => {
    const { connection } = client;
    const answer = await connection
      .withDeadline(Date.now() + PATIENCE_MS, () =>
        connection.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: CONVERSATION_TASK_QUEUE },
          taskQueueType: 1,
        }),
      )
      .catch(() => {
        throw new Failure('Whether a worker runs cannot be told without Temporal.');
      });
    const count = answer.pollers?.length ?? 0;
    if (count > 0)
      return `${count === 1 ? 'A worker decides' : `${count} workers decide`} conversations.`;
    throw new Failure(
      'No worker decides conversations: messages are taken, but nothing is solved or closed. Start one with "npm start" or "node dist/workers/main.js".',
    );
  });
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
