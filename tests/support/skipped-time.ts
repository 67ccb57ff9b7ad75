/** The product's own parts on a real Postgres that lives in the time of the time-skipping Temporal server. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../activities';
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { createDoorbell } from '../../platform/doorbell';
import { runWorkers, type RunningWorkers } from '../../workers/run-workers';
import { freshDatabase } from './database';
import { workflowBundlePath } from './engines';
import { timeSkippingEnvironment } from './time-skipping';

export interface SkippedTime {
  readonly db: Database;
  readonly env: TestWorkflowEnvironment;
  /** Runs a transaction in the server's time, then its after-work. */
  done<T>(transaction: () => Promise<{ value: T; effects: Effects }>): Promise<T>;
  /** Rows of a statement, in the server's time. */
  rows<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

export async function createSkippedTime(): Promise<SkippedTime> {
  const database = await freshDatabase();
  // One connection each for transactions and for reads: the clock's offset is a setting of the connection.
  const db = connectDatabase({ url: database.url, name: 'test', max: 1 });
  const env = await timeSkippingEnvironment();
  const doorbell = createDoorbell(env.client);
  const afterCommit = new AfterCommit(db, doorbell, (error) => {
    throw error;
  });
  const inTime = async (): Promise<void> => {
    const offset = (await env.currentTimeMs()) - Date.now();
    const set = `SELECT set_config('switchyard.clock_offset', $1, false)`;
    const values = [`${offset} ms`];
    await Promise.all([db.query(set, values), db.pool.query(set, values)]);
  };
  const sending = { secret: '', publicUrl: '', deliveries: { inc: () => undefined } };
  const real = createActivities({ db, afterCommit, doorbell, temporal: env.client, sending });
  const activities: Pick<Activities, 'load' | 'project'> = {
    load: async (...args) => inTime().then(() => real.load(...args)),
    project: async (...args) => inTime().then(() => real.project(...args)),
  };
  const workers: RunningWorkers = await runWorkers({
    connection: env.nativeConnection,
    namespace: 'default',
    bundle: workflowBundlePath(),
    activities,
    conversations: true,
    deliveryKinds: [],
  });
  return {
    db,
    env,
    async done(transaction) {
      await inTime();
      const { value, effects } = await transaction();
      await afterCommit.run(effects);
      return value;
    },
    async rows(sql, values) {
      await inTime();
      return db.query(sql, values) as never;
    },
    async close() {
      await workers.stop();
      await afterCommit.settled();
      await env.teardown();
      await db.close();
      await database.drop();
    },
  };
}
