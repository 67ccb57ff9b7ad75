import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { Effects } from './effects';
import { PrismaClient } from './generated/client';

/** One transaction: its connection, and what it leaves to be done after the commit. */
export interface Tx {
  readonly client: PoolClient;
  readonly effects: Effects;
  /** Rows of one statement. */
  query<T extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

export interface Database {
  /** Hot paths: hand-written SQL. */
  readonly pool: Pool;
  /** Configuration, contacts and lists. */
  readonly prisma: PrismaClient;
  /** Rows of one statement outside a transaction. */
  query<T extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** Runs `work` in a transaction (READ COMMITTED); a throw rolls back. Deadlocks and serialisation failures are tried again. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<{ value: T; effects: Effects }>;
  close(): Promise<void>;
}

/** Thrown by a transaction that learnt of a further row to lock: it starts again from the top. */
export class StartAgain extends Error {
  constructor() {
    super('learnt of a further row to lock');
    this.name = 'StartAgain';
  }
}

const RETRIED = new Set(['40001', '40P01']);
const MAX_TRIES = 20;

const rowsOf =
  (source: Pool | PoolClient): Tx['query'] =>
  async <T extends QueryResultRow>(sql: string, values?: readonly unknown[]) =>
    (await source.query<T>(sql, values as unknown[])).rows;

/** Connects lazily. `max` is the size of the pool for hot paths; Prisma has a small one of its own. */
export function connectDatabase(options: {
  url: string;
  name: string;
  max?: number | undefined;
}): Database {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.name,
    max: options.max ?? 16,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks (Postgres restarted) must not end the process; the next query reports it.
  pool.on('error', () => undefined);
  // The same for one that is in use, between two statements of a transaction: the pool does not listen to it then.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: options.url, max: 4, idleTimeoutMillis: 5_000 },
      { onPoolError: () => undefined, onConnectionError: () => undefined },
    ),
  });

  async function attempt<T>(work: (tx: Tx) => Promise<T>): Promise<{ value: T; effects: Effects }> {
    const client = await pool.connect();
    const effects = new Effects();
    let broken = false;
    try {
      await client.query('BEGIN');
      const value = await work({
        client,
        effects,
        query: rowsOf(client),
      });
      await client.query('COMMIT');
      return { value, effects };
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    pool,
    prisma,
    query: rowsOf(pool),
    async transaction(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work);
        } catch (error) {
          const code = (error as { code?: string }).code ?? '';
          const again = error instanceof StartAgain || RETRIED.has(code);
          if (!again || tries >= MAX_TRIES) throw error;
        }
      }
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
