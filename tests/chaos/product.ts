/** Two APIs, two workers that decide and send, two relays: the product as a larger installation runs it. */
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CrashPoints } from './crash-list';
import { KeptProcess, type Kind } from './processes';

export interface ProductOptions {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly crashPoints: CrashPoints;
  readonly onEnd: (kind: Kind, how: string) => void;
  /** Told of each process before it starts. */
  readonly onProcess: (process: KeptProcess) => void;
}

export interface RunningProduct {
  readonly processes: readonly KeptProcess[];
  /** Of the APIs. */
  readonly urls: readonly string[];
}

const READY_MS = 90_000;
const A_KIND = 2;

/** Starts the APIs, which are ready when it returns, and the relays. The workers are left to be started. */
export async function startProcesses(options: ProductOptions): Promise<RunningProduct> {
  const { folder, crashPoints, onEnd } = options;
  const common = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    DATABASE_URL: options.databaseUrl,
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    SWITCHYARD_HOME: folder,
    SWITCHYARD_SEED: 'demo',
    SWITCHYARD_SECRET: 'a secret of the chaos, long enough for all',
    LOG_LEVEL: 'warn',
  };
  const kinds: Readonly<Record<Kind, [string, Record<string, string>]>> = {
    api: ['api/main.js', {}],
    worker: ['workers/main.js', { WORKER_ROLE: 'conversation,delivery' }],
    relay: ['workers/main.js', { WORKER_ROLE: 'relay' }],
  };
  const processes: KeptProcess[] = [];
  const urls: string[] = [];
  for (const [kind, [script, own]] of Object.entries(kinds) as [Kind, (typeof kinds)[Kind]][]) {
    for (let at = 1; at <= A_KIND; at++) {
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      if (kind === 'api') urls.push(url);
      const portOf = kind === 'api' ? { PORT: port } : { WORKER_HEALTH_PORT: port };
      const env = { ...common, ...own, ...portOf };
      const name = `${kind}-${at}`;
      const readyUrl = `${url}/readyz`;
      processes.push(
        new KeptProcess({ name, kind, script, env, folder, readyUrl, crashPoints, onEnd }),
      );
    }
  }
  processes.forEach(options.onProcess);
  const ready = processes.filter((each) => each.kind !== 'worker');
  for (const each of ready) each.start();
  const end = Date.now() + READY_MS;
  for (const each of ready) {
    while (!(await each.isReady())) {
      if (Date.now() > end) throw new Error(`${each.options.name} is not ready`);
      await sleep(100);
    }
  }
  return { processes, urls };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
