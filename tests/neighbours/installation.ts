/** The product's own processes on given engines, and people of a test's own who work with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signVisitorToken } from '../../channels/inbound';
import { connectDatabase, type Database } from '../../db/client';
import { newId } from '../../db/ids';
import { findOrInsertSession } from '../../db/agents/sessions';
import { visitorSecret } from '../../platform/channel-secrets';
import { until } from '../support/world';

const root = join(__dirname, '..', '..');
const READY_WITHIN_MS = 60_000;
export const ORIGIN = 'http://shop.test';

export interface Installation {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  readonly api: Watched;
  readonly worker: Watched;
  readonly workerUrl: string;
  /** A connection of the test's own. */
  readonly db: Database;
  readonly secret: string;
  readonly home: string;
  /** A visitor's token, for a channel of the kind live-chat. */
  visitorToken(channelId: string, visitor: string): string;
  /** A session token of an agent. */
  tokenFor(agentId: string): Promise<string>;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace?: string | undefined;
  /** More of the processes' environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Starts an API and a worker on free ports. */
export async function install(options: InstallationOptions): Promise<Installation> {
  const { databaseUrl, temporalAddress, namespace = 'default' } = options;
  const home = mkdtempSync(join(tmpdir(), 'switchyard-installation-'));
  const secret = randomBytes(32).toString('hex');
  const [port, healthPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    SWITCHYARD_HOME: home,
    SWITCHYARD_SECRET: secret,
    PORT: String(port),
    WORKER_HEALTH_PORT: String(healthPort),
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  const worker = new Watched('workers/main.js', env);
  const api = new Watched('api/main.js', env);
  const url = `http://127.0.0.1:${port}`;
  const workerUrl = `http://127.0.0.1:${healthPort}`;
  const db = connectDatabase({ url: databaseUrl, name: 'test' });
  const close = async (): Promise<void> => {
    await Promise.all([api.end(), worker.end()]);
    await db.close();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await api.ready(url);
    await worker.ready(workerUrl);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...{ url, api, worker, workerUrl, db, secret, home, close },
    visitorToken: (channelId, externalId) =>
      signVisitorToken(visitorSecret(secret), { channelId, externalId }, Date.now()).token,
    async tokenFor(agentId) {
      const token = randomBytes(32).toString('base64url');
      await findOrInsertSession(db, { id: newId(), agentId, token, userAgent: null });
      return token;
    },
  };
}

/** A process of the product whose memory is looked at as long as it runs. */
export class Watched {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private readonly timer: NodeJS.Timeout;
  private peak = 0;
  private said = '';

  constructor(script: string, env: Readonly<Record<string, string>>) {
    this.child = spawn(process.execPath, [join(root, 'dist', script)], { cwd: root, env });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => (this.said = (this.said + String(chunk)).slice(-20_000)));
    }
    this.ended = once(this.child, 'exit');
    this.timer = setInterval(() => void (this.peak = Math.max(this.peak, this.rssMb())), 200);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** False once it has ended, however. */
  get lives(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last of what it logged. */
  get log(): string {
    return this.said;
  }

  /** The most that it has used since this was last asked, in MB. */
  takePeakMb(): number {
    const peak = Math.max(this.peak, this.rssMb());
    this.peak = 0;
    return Math.round(peak);
  }

  async ready(url: string): Promise<void> {
    const answers = async (): Promise<boolean> => {
      if (!this.lives) throw new Error(`it has ended: ${this.said}`);
      return (await fetch(`${url}/readyz`)).ok;
    };
    await until(`${url} is ready`, answers, READY_WITHIN_MS);
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private rssMb(): number {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
