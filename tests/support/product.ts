/** The product as processes, as `npm start` runs them, on the engines of the tests. */
import { Connection } from '@temporalio/client';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from './database';
import { temporalAddress } from './engines';
import { until } from './world';

const root = join(__dirname, '..', '..');
const READY_WITHIN_MS = 60_000;

export interface Product {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly namespace: string;
  /** What the processes have in their environment; the command line gets on with it, too. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command of `npx switchyard` to its end. */
  cli(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Asks both processes to go and answers with how they went. */
  stop(): Promise<{ api: number | null; workers: number | null }>;
  /** Ends what still runs and deletes what there is. */
  close(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly said: () => string;
}

/**
 * Starts it on free ports with a database and a Temporal namespace of its own; demo data is in it. `given` goes into
 * its environment; a database or a namespace that is named there is taken, and left as it is.
 */
export async function startProduct(given: Readonly<Record<string, string>> = {}): Promise<Product> {
  const database = given['DATABASE_URL'] ? null : await freshDatabase();
  const databaseUrl = given['DATABASE_URL'] ?? database?.url ?? '';
  const namespace = given['TEMPORAL_NAMESPACE'] ?? (await newNamespace());
  const home = mkdtempSync(join(tmpdir(), 'switchyard-product-'));
  const [port, healthPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: 'http://temporal.test',
    SWITCHYARD_HOME: home,
    SWITCHYARD_SEED: 'demo',
    PORT: String(port),
    WORKER_HEALTH_PORT: String(healthPort),
    ...given,
  };
  const workers = run('dist/workers/main.js', [], env);
  const api = run('dist/api/main.js', [], env);
  const url = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    for (const { child } of [api, workers]) child.kill('SIGKILL');
    await Promise.all([api.ended, workers.ended]);
    await database?.drop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await ready(api, `${url}/readyz`);
    await ready(workers, `http://127.0.0.1:${healthPort}/readyz`);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    databaseUrl,
    namespace,
    env,
    async cli(...words) {
      const child = spawn(process.execPath, ['bin/switchyard.mjs', ...words], { cwd: root, env });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => (stdout += chunk));
      child.stderr.on('data', (chunk) => (stderr += chunk));
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, stdout, stderr };
    },
    async stop() {
      for (const { child } of [api, workers]) child.kill('SIGTERM');
      return { api: await api.ended, workers: await workers.ended };
    },
    close,
  };
}

function run(script: string, words: string[], env: Record<string, string>): Running {
  if (!existsSync(join(root, script))) throw new Error(`${script} is not built: "npm run build".`);
  const child = spawn(process.execPath, [script, ...words], { cwd: root, env });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, ended, said: () => said };
}

async function ready(process: Running, url: string): Promise<void> {
  await until(
    `${url} answers`,
    async () => {
      if (process.child.exitCode !== null) return true;
      return (await fetch(url)).ok;
    },
    READY_WITHIN_MS,
  );
  if (process.child.exitCode !== null) throw new Error(`It ended at once: ${process.said()}`);
}

/** A new namespace on the Temporal of the tests, known to all its parts. */
export async function newNamespace(): Promise<string> {
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address: temporalAddress() });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    // The server's caches know a new namespace only after a while.
    await until('the namespace is known', async () => {
      await connection.workflowService.listWorkflowExecutions({ namespace });
      await connection.operatorService.listSearchAttributes({ namespace });
      return true;
    });
  } finally {
    await connection.close();
  }
  return namespace;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
