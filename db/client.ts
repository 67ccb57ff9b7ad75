import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';
import { BoundedPool, type Patience } from './bounded-pool';
import { Effects } from './effects';
import { PrismaClient } from './generated/client';
import { nameOfPrepared } from './prepared';
import { Room } from './room';

/** One transaction: its connection, and what it leaves to be done after the commit. */
export interface Tx {
  readonly client: PoolClient;
  readonly effects: Effects;
  /** Rows of one statement. */
  query<T extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

export interface Database {
  /** Transactions and prepared statements: hand-written SQL. */
  readonly pool: Pool;
  /** Configuration, contacts and lists. */
  readonly prisma: PrismaClient;
  readonly room: Room;
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
    (await source.query<T>(asked(sql, values))).rows;

function asked(sql: string, values?: readonly unknown[]): QueryConfig {
  const name = nameOfPrepared(sql);
  return {
    text: sql,
    ...(values ? { values: values as unknown[] } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

const PRISMA_CONNECTIONS = 4;
const READING_CONNECTIONS = 8;

/**
 * Transactions and prepared statements are about few rows, found by their keys: one plan is right for all values. Left
 * to itself, Postgres would make a new one each time, which takes longer than what is planned (1.7 of 4 ms for a
 * customer's message, seen with pg_stat_statements). And a plan that was made while a table was small, and would read
 * all of it, must not last until the table is large.
 */
const ONE_PLAN = { options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off' };

/**
 * Connects lazily. `max` is the size of the pool for hot paths; lists and searches, whose plans go by their values, and
 * Prisma have small ones of their own. With `patience` nobody waits longer than it says; without it (tools, tests) a
 * statement takes as long as it takes.
 */
export function connectDatabase(options: {
  url: string;
  name: string;
  max?: number | undefined;
  patience?: Patience | undefined;
}): Database {
  const { url, name, patience } = options;
  const poolOf = (max: number, more: object): Pool => {
    const config = { connectionString: url, application_name: name, max, ...more };
    return patience
      ? new BoundedPool(config, patience)
      : new Pool({ ...config, connectionTimeoutMillis: 10_000 });
  };
  const max = options.max ?? 16;
  const pool = poolOf(max, ONE_PLAN);
  const reading = poolOf(Math.min(max, READING_CONNECTIONS), {});
  const room = new Room();
  for (const each of [pool, reading]) {
    // An idle connection that breaks (Postgres restarted) must not end the process; the next query reports it.
    each.on('error', () => undefined);
    // The same for one that is in use, between two statements of a transaction: the pool does not listen to it then.
    each.on('connect', (client) => client.on('error', () => undefined));
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(poolOf(PRISMA_CONNECTIONS, { idleTimeoutMillis: 5_000 }), {
      disposeExternalPool: true,
      onPoolError: () => undefined,
      onConnectionError: () => undefined,
    }),
  });
  const ask = rowsOf(pool);
  const read = rowsOf(reading);

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
      room.note(error);
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
    room,
    query: (sql, values) =>
      (nameOfPrepared(sql) === undefined ? read : ask)(sql, values).catch((error: unknown) => {
        room.note(error);
        throw error;
      }) as never,
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
      await Promise.all([pool.end(), reading.end()]);
    },
  };
}
