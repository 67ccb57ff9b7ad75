/** What benches stand on: real engines, the product's own processes, and load that comes from other processes. */
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Embedded, TemporalServer } from '../tests/support/embedded';
import { RECONCILE_WORKFLOW_ID } from '../workflows/ids';
import { profileFlags } from './profile';

/** What run.mjs hands in. */
export interface Engines extends Embedded {
  startProductionTemporal(options: {
    postgresUrl: string;
    name: string;
    logFile: string;
  }): Promise<TemporalServer>;
  freePort(): Promise<number>;
}

export interface Place {
  /** Of this bench: logs and data. */
  readonly folder: string;
  /** Of the run: built code. */
  readonly root: string;
  /** Whether the product's processes write CPU profiles. */
  readonly profile: boolean;
  readonly embedded: Engines;
  readonly log: (line: string) => void;
}

export interface Product {
  /** Of the APIs. */
  readonly urls: readonly string[];
  readonly apis: readonly number[];
  readonly workers: readonly number[];
  stop(): Promise<void>;
}

/** What the product signs and seals with, so that a bench can make tokens. */
export const SECRET = 'a secret of the benches, long enough for all';

const READY_MS = 90_000;

export class Ground {
  private readonly stops: (() => Promise<unknown>)[] = [];
  private started = 0;
  private superuserUrl = '';

  constructor(private readonly place: Place) {}

  get folder(): string {
    return this.place.folder;
  }

  /** Where CPU profiles are written, if they are. */
  get profiles(): string {
    return join(this.folder, 'profiles');
  }

  log(line: string): void {
    this.place.log(line);
  }

  /** A Postgres of its own with a migrated database. Written data is safe (fsync on), as in earnest. */
  async postgres(settings: Record<string, string> = {}): Promise<{ url: string; pid: number }> {
    const { embedded, folder } = this.place;
    const server = await embedded.startPostgres({
      dataDir: join(folder, 'postgres'),
      logFile: join(folder, 'postgres.log'),
      settings,
    });
    this.stops.push(() => server.stop());
    this.superuserUrl = server.url;
    const client = new Client({ connectionString: server.url });
    await client.connect();
    await client.query('CREATE DATABASE switchyard');
    await client.end();
    const url = server.url.replace(/\/postgres$/, '/switchyard');
    await embedded.migrate(url);
    return { url, pid: server.pid };
  }

  /** The embedded Temporal server, on a file. */
  async temporal(): Promise<TemporalServer> {
    const { embedded, folder } = this.place;
    const server = await embedded.startTemporal({
      executable: await embedded.obtainTemporalCli(),
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      headless: true,
    });
    this.stops.push(() => server.stop());
    return server;
  }

  /** Temporal as it runs in production, on the Postgres of this ground. Built with Go at its first time. */
  async productionTemporal(): Promise<TemporalServer> {
    const server = await this.place.embedded.startProductionTemporal({
      postgresUrl: this.superuserUrl,
      name: 'temporal',
      logFile: join(this.folder, 'production-temporal.log'),
    });
    this.stops.push(() => server.stop());
    return server;
  }

  /** The product's processes as `npm start` runs them, ready when it resolves. One API and one worker unless told. */
  async product(options: {
    databaseUrl: string;
    temporalAddress: string;
    apis?: number | undefined;
    workers?: number | undefined;
    env?: Readonly<Record<string, string>> | undefined;
  }): Promise<Product> {
    const common = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      DATABASE_URL: options.databaseUrl,
      TEMPORAL_ADDRESS: options.temporalAddress,
      TEMPORAL_NAMESPACE: 'default',
      SWITCHYARD_HOME: this.folder,
      SWITCHYARD_SECRET: SECRET,
      SWITCHYARD_SEED: 'demo',
      ...options.env,
    };
    const urls: string[] = [];
    const children: { child: ChildProcess; probe: string; log: string }[] = [];
    const start = async (kind: 'api' | 'workers'): Promise<number> => {
      const port = String(await this.place.embedded.freePort());
      const own = kind === 'api' ? { PORT: port } : { WORKER_HEALTH_PORT: port };
      const url = `http://127.0.0.1:${port}`;
      if (kind === 'api') urls.push(url);
      const log = join(this.folder, `${kind}-${++this.started}.log`);
      const script = join(this.place.root, kind, 'main.js');
      const child = this.spawn(script, { ...common, ...own }, log);
      children.push({ child, probe: `${url}/readyz`, log });
      return child.pid ?? 0;
    };
    const workers: number[] = [];
    const apis: number[] = [];
    for (let at = 0; at < (options.workers ?? 1); at++) workers.push(await start('workers'));
    for (let at = 0; at < (options.apis ?? 1); at++) apis.push(await start('api'));
    const stop = async (): Promise<void> => {
      await Promise.all(children.map(({ child }) => end(child)));
    };
    this.stops.push(stop);
    await Promise.all(children.map(ready));
    // A worker looks at its start whether Temporal knows every conversation: what is seeded after that stays as it is.
    if (workers.length > 0) await reconciled(options.temporalAddress);
    return { urls, apis, workers, stop };
  }

  /**
   * Runs `bench/load/NAME.ts` as a process of its own: it gets `config` as JSON on its standard input, and its last
   * line, JSON, is what this resolves with.
   */
  async load<T>(name: string, config: unknown): Promise<T> {
    const script = join(this.place.root, 'bench', 'load', `${name}.js`);
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const gone = (): boolean => child.kill('SIGKILL');
    process.once('exit', gone);
    child.stdin.end(JSON.stringify(config));
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    process.off('exit', gone);
    if (code !== 0) throw new Error(`the load ${name} ended with ${code}`);
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as T;
  }

  /** Stops what was started, the last first. */
  async close(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
  }

  private spawn(script: string, env: Record<string, string>, logFile: string): ChildProcess {
    const output = openSync(logFile, 'a');
    const flags = this.place.profile ? profileFlags(this.profiles) : [];
    const child = spawn(process.execPath, [...flags, script], {
      cwd: this.folder,
      env,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    process.once('exit', () => child.kill('SIGKILL'));
    return child;
  }
}

async function reconciled(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const run = new TemporalClient({ connection }).workflow.getHandle(RECONCILE_WORKFLOW_ID);
  await run.result();
  await connection.close();
}

/** Resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  const [, kib = '0'] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

/** Processor seconds that a process has used so far, all its threads together. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // utime and stime in ticks of a hundredth of a second, counted from the field after the name.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const running = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess): Promise<void> {
  if (!running(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await ended;
  clearTimeout(late);
}

async function ready(started: { child: ChildProcess; probe: string; log: string }): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    if (
      await fetch(started.probe).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    if (!running(started.child) || Date.now() > until) {
      throw new Error(
        `${started.probe} is not ready:\n${readFileSync(started.log, 'utf8').slice(-2_000)}`,
      );
    }
    await sleep(50);
  }
}
