/** What a live chat's visitor reads, and the mark of what they have seen. Always by their own identity. */
import { AppError } from '../../core/errors';
import type { Database } from '../client';
import type { Effects } from '../effects';
import {
  VISITOR_CONVERSATION_VIEW,
  VISITOR_MESSAGE_VIEW,
  type VisitorConversationView,
  type VisitorMessageView,
} from './visitor-views';
import { writeConversation } from '../conversation/write-conversation';

type Reads = Pick<Database, 'query'>;

const NEWEST = 50;
const HISTORY_PAGE = 8;

/** The id of the conversation that goes on, else of the last one; null where there was none. */
export async function currentConversation(db: Reads, identityId: string): Promise<string | null> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM conversation WHERE identity_id = $1
      ORDER BY (status <> 'closed' AND superseded_by_id IS NULL) DESC, number DESC LIMIT 1`,
    [identityId],
  );
  return rows[0]?.id ?? null;
}

export interface VisitorSnapshot {
  readonly conversation: VisitorConversationView;
  readonly messages: readonly VisitorMessageView[];
}

/** A conversation and its newest messages, of one instant. Null where it is not this visitor's. */
export function readSnapshot(
  db: Reads,
  identityId: string,
  id: string,
): Promise<VisitorSnapshot | null> {
  return read(db, identityId, id, `ORDER BY m.seq DESC LIMIT ${NEWEST}`, []);
}

/**
 * A conversation and what was written after a message.
 * @throws AppError NOT_FOUND; SEQUENCE_GAP where there is no such message yet
 */
export async function readMessagesAfter(
  db: Reads,
  identityId: string,
  id: string,
  afterSeq: number,
  limit: number,
): Promise<VisitorSnapshot & { readonly more: boolean }> {
  const order = `AND m.seq > $3 ORDER BY m.seq LIMIT $4`;
  const found = await read(db, identityId, id, order, [afterSeq, limit + 1]);
  if (!found) throw new AppError('NOT_FOUND');
  const { lastSeq } = found.conversation;
  if (afterSeq > lastSeq) throw new AppError('SEQUENCE_GAP', { lastSeq });
  const messages = found.messages.slice(0, limit);
  return { ...found, messages, more: found.messages.length > limit };
}

/** A conversation and the messages that were written or changed after a rev. Null where it is not this visitor's. */
export function readChangesForVisitor(
  db: Reads,
  identityId: string,
  id: string,
  afterRev: number,
): Promise<VisitorSnapshot | null> {
  return read(db, identityId, id, 'AND m.rev > $3 ORDER BY m.seq', [afterRev]);
}

async function read(
  db: Reads,
  identityId: string,
  id: string,
  which: string,
  values: readonly unknown[],
): Promise<VisitorSnapshot | null> {
  const rows = await db.query<{
    conversation: VisitorConversationView;
    messages: VisitorMessageView[];
  }>(
    `SELECT ${VISITOR_CONVERSATION_VIEW} AS conversation,
       (SELECT coalesce(json_agg(x.view ORDER BY x.seq), '[]') FROM (
          SELECT ${VISITOR_MESSAGE_VIEW} AS view, m.seq FROM message m
           WHERE m.conversation_id = c.id AND m.direction <> 'note' ${which}) x) AS messages
       FROM conversation c WHERE c.id = $1 AND c.identity_id = $2`,
    [id, identityId, ...values],
  );
  return rows[0] ?? null;
}

/** Closed conversations before a number, the newest first, a page of eight and the number to go on from. */
export async function readHistory(
  db: Reads,
  identityId: string,
  before: number | null,
): Promise<{ items: VisitorConversationView[]; next: number | null }> {
  const rows = await db.query<{ conversation: VisitorConversationView }>(
    `SELECT ${VISITOR_CONVERSATION_VIEW} AS conversation FROM conversation c
      WHERE c.identity_id = $1 AND c.status = 'closed' AND ($2::bigint IS NULL OR c.number < $2)
      ORDER BY c.number DESC LIMIT ${HISTORY_PAGE + 1}`,
    [identityId, before],
  );
  const items = rows.slice(0, HISTORY_PAGE).map((row) => row.conversation);
  return { items, next: rows.length > HISTORY_PAGE ? (items.at(-1)?.number ?? null) : null };
}

/** True where the conversation is this visitor's. */
export async function isOfVisitor(db: Reads, identityId: string, id: string): Promise<boolean> {
  const rows = await db.query('SELECT 1 FROM conversation WHERE id = $1 AND identity_id = $2', [
    id,
    identityId,
  ]);
  return rows.length > 0;
}

/**
 * Notes up to which message the visitor has looked; it never goes back.
 * @throws AppError NOT_FOUND, SEQUENCE_GAP
 */
export function markSeenByCustomer(
  db: Database,
  identityId: string,
  id: string,
  seq: number,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const rows = await tx.query<{ seen: number; last_seq: number }>(
      'SELECT customer_seen_seq AS seen, last_seq FROM conversation WHERE id = $1 AND identity_id = $2',
      [id, identityId],
    );
    if (!rows[0]) throw new AppError('NOT_FOUND');
    const { seen, last_seq: lastSeq } = rows[0];
    if (seq > lastSeq) throw new AppError('SEQUENCE_GAP', { lastSeq });
    if (seq > seen) await writeConversation(tx, id, { customer_seen_seq: seq });
  });
}

/** All that was said in a conversation, in order. Null where it is not this visitor's. */
export function readTranscript(
  db: Reads,
  identityId: string,
  id: string,
): Promise<VisitorSnapshot | null> {
  return read(db, identityId, id, 'ORDER BY m.seq', []);
}
