/** The Out path: one transaction from an agent's words to a committed row. For live chat this is the delivery. */
import { stateRefusal } from '../../core/conversation/states';
import { AppError } from '../../core/errors';
import { allowed, type WindowMode } from '../../core/windows/window';
import type { Database, Tx } from '../client';
import { lockRows, type ConversationRow } from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { contentHash, newId } from '../ids';
import { attachFiles } from './receive-message';
import { writeConversation } from '../conversation/write-conversation';

export interface Outgoing {
  readonly conversationId: string;
  readonly agentId: string;
  readonly text: string;
  readonly fileIds: readonly string[];
  /** An internal note: never leaves the house, allowed to everybody who may see the conversation. */
  readonly note: boolean;
  /** A person's reply under the human-agent tag, where the channel has one. */
  readonly humanTag: boolean;
  readonly key: string;
}

export interface Sent {
  readonly messageId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly repeated: boolean;
}

/**
 * Stores a reply or a note. The first outcome of a key stands.
 * @throws AppError NOT_ASSIGNEE, CONVERSATION_SOLVED, CONVERSATION_IN_SURVEY, CONVERSATION_CLOSED, WINDOW_CLOSED,
 *   CHANNEL_DISABLED, CHANNEL_CANNOT_SEND, IDEMPOTENCY_MISMATCH, NOT_FOUND
 */
export function sendMessage(
  db: Database,
  out: Outgoing,
): Promise<{ value: Sent; effects: Effects }> {
  return db.transaction((tx) => sendIn(tx, out));
}

/** The same as a part of a larger transaction. */
export async function sendIn(tx: Tx, out: Outgoing): Promise<Sent> {
  const row = (await lockRows(tx, [out.conversationId])).get(out.conversationId);
  if (!row) throw new AppError('NOT_FOUND');
  const keyHash = contentHash([out.text, out.fileIds, out.note, out.humanTag]);
  const before = await sentBefore(tx, out, keyHash);
  if (before) return before;
  if (!out.note) await checkMayReply(tx, row, out);
  return store(tx, row, out, keyHash);
}

async function sentBefore(tx: Tx, out: Outgoing, keyHash: string): Promise<Sent | null> {
  const rows = await tx.query<{ id: string; seq: number; key_hash: string }>(
    'SELECT id, seq, key_hash FROM message WHERE conversation_id = $1 AND key = $2',
    [out.conversationId, out.key],
  );
  if (!rows[0]) return null;
  if (rows[0].key_hash !== keyHash) throw new AppError('IDEMPOTENCY_MISMATCH');
  return {
    messageId: rows[0].id,
    conversationId: out.conversationId,
    seq: rows[0].seq,
    repeated: true,
  };
}

async function checkMayReply(tx: Tx, row: ConversationRow, out: Outgoing): Promise<void> {
  if (row.status === 'solved' || row.status === 'closed') throw new AppError(stateRefusal(row));
  if (row.placement !== 'assigned' || row.owner_id !== out.agentId)
    throw new AppError('NOT_ASSIGNEE');
  const mode = (row.window_mode ?? 'none') as WindowMode;
  const may = allowed(mode, row.window_expires_at?.getTime() ?? null, row.now.getTime());
  const open = may === 'free' || (may === 'human-tag' && out.humanTag);
  if (!open) throw new AppError('WINDOW_CLOSED', { allowed: may });
  const channel = await tx.query<{ enabled: boolean; reply_url: string | null }>(
    `SELECT enabled, settings->>'replyUrl' AS reply_url FROM channel WHERE id = $1`,
    [row.channel_id],
  );
  if (!channel[0]?.enabled) throw new AppError('CHANNEL_DISABLED');
  if (row.channel_kind === 'open' && !channel[0].reply_url)
    throw new AppError('CHANNEL_CANNOT_SEND');
}

async function store(tx: Tx, row: ConversationRow, out: Outgoing, keyHash: string): Promise<Sent> {
  const seq = row.last_seq + 1;
  const outside = !out.note && row.channel_kind !== 'live-chat';
  const reply = {
    last_out_seq: seq,
    last_message_at: row.now,
    unread: 0,
    agent_seen_seq: row.last_seq,
    ...(row.first_reply_at ? {} : { first_reply_at: row.now }),
  };
  const rev = await writeConversation(tx, row.id, { last_seq: seq, ...(out.note ? {} : reply) });
  const messageId = newId();
  await tx.query(
    `INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, author_id, text, channel_id,
                          key, key_hash, human_tag, delivery, sent_at, created_at)
     VALUES ($1, $2, $3, $4, $5::direction, 'agent', $6, $7, $8, $9, $10, $11, $12::message_delivery, $13, $14)`,
    [
      messageId,
      row.id,
      seq,
      rev,
      out.note ? 'note' : 'out',
      out.agentId,
      out.text,
      row.channel_id,
      out.key,
      keyHash,
      out.humanTag,
      out.note ? 'none' : outside ? 'pending' : 'sent',
      out.note || outside ? null : row.now,
      row.now,
    ],
  );
  await attachFiles(tx, messageId, row.id, out.fileIds);
  if (outside && !(await earlierUnsent(tx, row.id, seq))) tx.effects.deliveries.add(row.id);
  return { messageId, conversationId: row.id, seq, repeated: false };
}

/** True where an earlier message still waits: whoever was rung for it goes on to this one, so nobody is rung twice. */
async function earlierUnsent(tx: Tx, conversationId: string, seq: number): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM message
      WHERE conversation_id = $1 AND seq < $2 AND delivery IN ('pending', 'sending') LIMIT 1`,
    [conversationId, seq],
  );
  return rows.length > 0;
}
