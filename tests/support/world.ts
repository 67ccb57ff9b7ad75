/**
 * The product's own parts on real engines, in one process: a database and a Temporal namespace of its own, a worker,
 * and the work after each commit. Nothing stands in for anything.
 */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { createActivities } from '../../activities';
import type { Sending } from '../../activities/deliver';
import { AfterCommit, type Doorbell } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { createDoorbell } from '../../platform/doorbell';
import { createMetrics } from '../../platform/metrics';
import { runWorkers, type RunningWorkers } from '../../workers/run-workers';
import { freshDatabase } from './database';
import { temporalAddress, workflowBundlePath } from './engines';

export interface World {
  readonly db: Database;
  readonly url: string;
  readonly namespace: string;
  readonly client: Client;
  readonly doorbell: Doorbell;
  readonly afterCommit: AfterCommit;
  readonly sending: Sending;
  /** What went wrong behind the scenes, for a test to look at. */
  readonly reported: string[];
  /** Runs a committed transaction's after-work and returns its value. */
  done<T>(transaction: Promise<{ value: T; effects: Effects }>): Promise<T>;
  /** Decides conversations, and sends the messages of these kinds of channels. */
  startWorker(deliveryKinds?: readonly string[]): Promise<RunningWorkers>;
  close(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const database = await freshDatabase();
  const db = connectDatabase({ url: database.url, name: 'test' });
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address: temporalAddress() });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  const client = new Client({ connection, namespace });
  const doorbell = createDoorbell(client);
  const reported: string[] = [];
  const report = (error: unknown, what: string): void =>
    void reported.push(`${what}: ${String(error)}`);
  const afterCommit = new AfterCommit(db, doorbell, report);
  const sending: Sending = {
    secret: 'a secret of at least thirty-two characters',
    publicUrl: 'http://127.0.0.1',
    deliveries: createMetrics().deliveries,
  };
  const activities = createActivities({ db, afterCommit, doorbell, temporal: client, sending });
  await until('the namespace is known', async () => {
    await activities.prepareTemporal();
    return true;
  });
  const workers: RunningWorkers[] = [];
  const native: NativeConnection[] = [];
  return {
    db,
    url: database.url,
    namespace,
    client,
    doorbell,
    afterCommit,
    sending,
    reported,
    async done(transaction) {
      const { value, effects } = await transaction;
      await afterCommit.run(effects);
      return value;
    },
    async startWorker(deliveryKinds = []) {
      const nativeConnection = await NativeConnection.connect({ address: temporalAddress() });
      native.push(nativeConnection);
      const running = await runWorkers({
        connection: nativeConnection,
        namespace,
        bundle: workflowBundlePath(),
        activities,
        conversations: true,
        deliveryKinds,
      });
      workers.push(running);
      return running;
    },
    async close() {
      for (const running of workers) await running.stop();
      await afterCommit.settled();
      for (const each of native) await each.close();
      await connection.close();
      await db.close();
      await database.drop();
    },
  };
}

/** Waits until `look` answers something truthy, and returns it. Fails with `what` after `deadlineMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  deadlineMs = 15_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain: ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
}
