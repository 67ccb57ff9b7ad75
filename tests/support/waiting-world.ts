/** Conversations in line over a real database, with their decisions made in this process: see workflow-driver.ts. */
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { newId } from '../../db/ids';
import { receiveMessage } from '../../db/messages/receive-message';
import { freshDatabase } from './database';
import { makeChannel, makeCustomer } from './people';
import { driveConversation } from './workflow-driver';

export type Customer = Awaited<ReturnType<typeof makeCustomer>>;

export interface WaitingRow {
  owner_id: string | null;
  queue_id: string;
  placement: string | null;
  status: string;
  front: boolean;
  line: string;
  ladder_step: number;
  ladder_at: Date | null;
  queued_since: Date | null;
  urgent: boolean;
  alerted_at: Date | null;
}

export class WaitingWorld {
  private constructor(
    readonly db: Database,
    private readonly afterCommit: AfterCommit,
    private readonly drop: () => Promise<void>,
  ) {}

  static async begin(): Promise<WaitingWorld> {
    const database = await freshDatabase();
    const db = connectDatabase({ url: database.url, name: 'test' });
    const silent = { ring: async () => undefined, deliver: async () => undefined };
    const afterCommit = new AfterCommit(db, silent, (error) => {
      throw error;
    });
    return new WaitingWorld(db, afterCommit, () => database.drop());
  }

  async end(): Promise<void> {
    await this.afterCommit.settled();
    await this.db.close();
    await this.drop();
  }

  /** Does what a transaction left to be done. */
  async settle({ effects }: { effects: Effects }): Promise<void> {
    await this.afterCommit.run(effects);
  }

  /** A customer writes; all that follows is done when it resolves to the conversation. */
  async writes(customer: Customer): Promise<string> {
    const inbound = { ...customer, externalId: newId(), text: 'hello' };
    const { value, effects } = await receiveMessage(this.db, inbound);
    await this.afterCommit.run(effects);
    return value.conversationId;
  }

  /** A new customer writes to the queue. */
  async asks(queue: string, kind: 'live-chat' | 'open' = 'live-chat'): Promise<string> {
    return this.writes(await makeCustomer(this.db, await makeChannel(this.db, queue, kind)));
  }

  /** Decides what is to be decided. */
  async decide(id: string): Promise<void> {
    await this.afterCommit.run(await driveConversation(this.db, id));
  }

  /** Lets a conversation have waited so much longer, and decides what follows. */
  async waits(id: string, seconds: number): Promise<void> {
    await this.db.query(
      `UPDATE conversation SET line_since = line_since - $2 * interval '1 s',
              queued_since = queued_since - $2 * interval '1 s', ladder_at = ladder_at - $2 * interval '1 s',
              preferred_until = preferred_until - $2 * interval '1 s' WHERE id = $1`,
      [id, seconds],
    );
    await this.decide(id);
  }

  async row(id: string): Promise<WaitingRow> {
    const [found] = await this.db.query<WaitingRow & Record<string, unknown>>(
      'SELECT * FROM conversation WHERE id = $1',
      [id],
    );
    if (!found) throw new Error(`conversation ${id} is gone`);
    return found;
  }

  async ownerOf(id: string): Promise<string | null> {
    return (await this.row(id)).owner_id;
  }

  /** The kinds of its events, oldest first. */
  async happened(id: string): Promise<string[]> {
    const rows = await this.db.query<{ kind: string }>(
      'SELECT kind FROM conversation_event WHERE conversation_id = $1 ORDER BY id',
      [id],
    );
    return rows.map(({ kind }) => kind);
  }
}
