/** A database of its own with all that follows a commit: hand-outs, and decisions as a workflow would make them. */
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { newId } from '../../db/ids';
import { receiveMessage } from '../../db/messages/receive-message';
import { freshDatabase } from './database';
import { makeChannel, makeCustomer } from './people';
import { drivenDoorbell } from './workflow-driver';

export interface DrivenDatabase {
  readonly db: Database;
  /** Resolves when all that follows is done. */
  done(made: Promise<{ effects: Effects }>): Promise<void>;
  /** Decides what is due for this conversation, as its workflow's timer would. */
  fire(conversationId: string): Promise<void>;
  /** A customer writes to the queue by a channel of its own. Returns the conversation. */
  arrive(queueId: string, kind?: 'live-chat' | 'open'): Promise<string>;
  /** Its customer writes again. */
  writeAgain(conversationId: string): Promise<void>;
  ownerOf(conversationId: string): Promise<string | null>;
  close(): Promise<void>;
}

export async function drivenDatabase(): Promise<DrivenDatabase> {
  const database = await freshDatabase();
  const db = connectDatabase({ url: database.url, name: 'test' });
  const doorbell = drivenDoorbell(db, (effects) => afterCommit.start(effects));
  const afterCommit = new AfterCommit(db, doorbell, (error) => {
    throw error;
  });
  const customers = new Map<string, Awaited<ReturnType<typeof makeCustomer>>>();
  async function write(customer: Awaited<ReturnType<typeof makeCustomer>>): Promise<string> {
    const message = { ...customer, externalId: newId(), text: 'hello' };
    const { value, effects } = await receiveMessage(db, message);
    afterCommit.start(effects);
    await afterCommit.settled();
    customers.set(value.conversationId, customer);
    return value.conversationId;
  }
  return {
    db,
    async done(made) {
      afterCommit.start((await made).effects);
      await afterCommit.settled();
    },
    async fire(conversationId) {
      await doorbell.ring({ conversationId, signal: 'check' });
      await afterCommit.settled();
    },
    async arrive(queueId, kind) {
      return write(await makeCustomer(db, await makeChannel(db, queueId, kind)));
    },
    async writeAgain(conversationId) {
      const customer = customers.get(conversationId);
      if (customer) await write(customer);
    },
    async ownerOf(conversationId) {
      const [row] = await db.query<{ owner_id: string | null }>(
        'SELECT owner_id FROM conversation WHERE id = $1',
        [conversationId],
      );
      return row?.owner_id ?? null;
    },
    async close() {
      await afterCommit.settled();
      await db.close();
      await database.drop();
    },
  };
}
