/** Postgres and Temporal of the run: killed with SIGKILL and started again on the same data and port. */
import { Client } from 'pg';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Embedded, Server } from '../support/embedded';

const TRIES = 40;

/** A server that can be killed, and is then brought back to where its clients look for it. */
export class KeptEngine {
  private server: Server;
  private busy = false;

  private constructor(
    readonly name: string,
    private readonly begin: () => Promise<Server & { place: string }>,
    first: Server,
    /** Address or URL; the same after every start. */
    readonly place: string,
  ) {
    this.server = first;
  }

  static async start(
    name: string,
    begin: () => Promise<Server & { place: string }>,
  ): Promise<KeptEngine> {
    const first = await begin();
    return new KeptEngine(name, begin, first, first.place);
  }

  get pid(): number {
    return this.server.pid;
  }

  /** Kills it and has it back after `awayMs` or a little more. False where that is already under way. */
  async kill(awayMs: number): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      process.kill(this.server.pid, 'SIGKILL');
      await this.server.exited;
      await sleep(awayMs);
      await this.comeBack();
      return true;
    } finally {
      this.busy = false;
    }
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private async comeBack(): Promise<void> {
    let last: unknown;
    for (let tries = 1; tries <= TRIES; tries++) {
      try {
        const server = await this.begin();
        if (server.place === this.place) {
          this.server = server;
          return;
        }
        // Its port was taken for a moment, by a connection that looked for it.
        await server.stop();
      } catch (error) {
        // Children of a killed Postgres live on for a moment and keep its memory.
        last = error;
      }
      await sleep(250);
    }
    throw new Error(`${this.name} did not come back`, { cause: last });
  }
}

/** Starts Postgres with a migrated database; `place` is its URL. Written data is safe (fsync on), as in earnest. */
export async function startDatabase(embedded: Embedded, folder: string): Promise<KeptEngine> {
  const ofDatabase = (url: string): string => url.replace(/\/postgres$/, '/switchyard');
  const engine = await KeptEngine.start('Postgres', async () => {
    const server = await embedded.startPostgres({
      dataDir: join(folder, 'postgres'),
      logFile: join(folder, 'logs', 'postgres.log'),
    });
    return { ...server, place: ofDatabase(server.url) };
  });
  const client = new Client({ connectionString: engine.place.replace(/\w+$/, 'postgres') });
  await client.connect();
  await client.query('CREATE DATABASE switchyard');
  await client.end();
  await embedded.migrate(engine.place);
  return engine;
}

/** Starts Temporal's dev server; `place` is its host:port. */
export async function startTemporal(embedded: Embedded, folder: string): Promise<KeptEngine> {
  const executable = await embedded.obtainTemporalCli();
  return KeptEngine.start('Temporal', async () => {
    const server = await embedded.startTemporal({
      executable,
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'logs', 'temporal.log'),
      headless: true,
    });
    return { ...server, place: server.address };
  });
}
