/**
 * The In path: one transaction from a verified message to a committed row (promises 1 and 2). It costs Temporal
 * nothing where the conversation is open and nobody waits for an outcome.
 */
import { AppError } from '../../core/errors';
import { readRating } from '../../core/survey/rating';
import { windowAfter, type WindowMode } from '../../core/windows/window';
import type { Database, Tx } from '../client';
import { readRow, type ConversationRow } from '../conversation/conversation-row';
import { createConversation } from '../conversation/create-conversation';
import type { Effects } from '../effects';
import { newId } from '../ids';
import { answerOutOfHours } from '../queues/out-of-hours';
import { writeCommand } from '../conversation/write-command';
import { writeConversation } from '../conversation/write-conversation';

export interface Inbound {
  readonly channel: {
    readonly id: string;
    readonly kind: string;
    readonly queueId: string;
    /** False for channels where one customer may have several conversations at once (e-mail). */
    readonly chatLike: boolean;
    readonly windowMode: WindowMode;
  };
  readonly identityId: string;
  readonly contactId: string | null;
  /** The channel's id of this message; the same id is the same message. */
  readonly externalId: string;
  readonly text: string;
  readonly fileIds?: readonly string[] | undefined;
  /** The vendor's time in milliseconds; our own now where there is none. */
  readonly sentAt?: number | undefined;
  /** What a live-chat message during a survey means: it answers, or it begins a new conversation. */
  readonly during?: 'answer' | 'new' | undefined;
}

export interface Received {
  readonly conversationId: string;
  readonly messageId: string;
  readonly seq: number;
  /** True where this very message had been taken before. */
  readonly duplicate: boolean;
  readonly created: boolean;
}

const MAX_ROUNDS = 10;

/** Takes one message. @throws AppError CONVERSATION_IN_SURVEY where a live-chat message must say what it is. */
export async function receiveMessage(
  db: Database,
  inbound: Inbound,
): Promise<{ value: Received; effects: Effects }> {
  try {
    return await db.transaction((tx) => receive(tx, inbound));
  } catch (error) {
    // A parallel delivery of the same message was faster: the unique index has decided.
    if ((error as { constraint?: string }).constraint !== 'message_external_id') throw error;
    return db.transaction((tx) => receive(tx, inbound));
  }
}

async function receive(tx: Tx, inbound: Inbound): Promise<Received> {
  const before = await tx.query<{ id: string; conversation_id: string; seq: number }>(
    `SELECT id, conversation_id, seq FROM message
      WHERE channel_id = $1 AND external_id = $2 AND direction = 'in'`,
    [inbound.channel.id, inbound.externalId],
  );
  if (before[0]) {
    const { id, conversation_id, seq } = before[0];
    return { conversationId: conversation_id, messageId: id, seq, duplicate: true, created: false };
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await liveConversation(tx, inbound.identityId);
    const id = found ?? (await createFor(tx, inbound));
    if (!id) continue;
    const received = await insertInto(tx, id, inbound, found === null);
    if (received) return received;
  }
  throw new AppError('UNAVAILABLE');
}

/** The identity's one live conversation, unlocked. */
export async function liveConversation(tx: Tx, identityId: string): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM conversation
      WHERE identity_id = $1 AND chat_like AND status <> 'closed' AND superseded_by_id IS NULL`,
    [identityId],
  );
  return rows[0]?.id ?? null;
}

async function createFor(tx: Tx, inbound: Inbound): Promise<string | null> {
  const previous = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE identity_id = $1 AND status = 'closed' ORDER BY number DESC LIMIT 1`,
    [inbound.identityId],
  );
  return createConversation(tx, {
    channelId: inbound.channel.id,
    channelKind: inbound.channel.kind,
    identityId: inbound.identityId,
    contactId: inbound.contactId,
    queueId: inbound.channel.queueId,
    chatLike: inbound.channel.chatLike,
    previousId: previous[0]?.id ?? null,
  });
}

/** Null where the conversation was closed between finding and locking it. */
async function insertInto(
  tx: Tx,
  id: string,
  inbound: Inbound,
  created: boolean,
): Promise<Received | null> {
  const locked = await tx.query(
    `SELECT 1 FROM conversation
      WHERE id = $1 AND status <> 'closed' AND superseded_by_id IS NULL FOR NO KEY UPDATE`,
    [id],
  );
  const row = locked.length === 1 ? await readRow(tx, id) : null;
  if (!row || row.status === 'closed') return null;
  const surveying = row.survey === 'running' && row.status === 'solved';
  if (surveying && row.channel_kind === 'live-chat') {
    if (inbound.during === 'new') return supersede(tx, row, inbound);
    const rates = inbound.during === 'answer' && readRating(inbound.text) !== null;
    if (!rates) throw new AppError('CONVERSATION_IN_SURVEY', { conversationId: id });
  }
  const message = await insertMessage(tx, row, inbound);
  if (!created) await tellWorkflow(tx, row, inbound, message.seq, surveying);
  if (!surveying) await answerOutOfHours(tx, { ...row, last_seq: message.seq });
  return { conversationId: id, ...message, duplicate: false, created };
}

/** Marks the surveyed conversation as superseded and begins the new one, in this transaction. */
async function supersede(tx: Tx, old: ConversationRow, inbound: Inbound): Promise<Received | null> {
  const placeholder = old.id; // leaves the partial index at once; the new id follows below
  await writeConversation(tx, old.id, { superseded_by_id: placeholder });
  const id = await createFor(tx, inbound);
  if (!id) throw new AppError('UNAVAILABLE');
  await tx.query('UPDATE conversation SET superseded_by_id = $2 WHERE id = $1', [old.id, id]);
  await tx.query('UPDATE conversation SET previous_id = $2 WHERE id = $1', [id, old.id]);
  await writeCommand(tx, {
    conversationId: old.id,
    name: 'surveySkipped',
    args: {},
    giver: { kind: 'customer' },
    key: `superseded/${id}`,
    afterSeq: old.last_in_seq,
  });
  return insertInto(tx, id, inbound, true);
}

/** Writes the message and the row's message columns. */
async function insertMessage(
  tx: Tx,
  row: ConversationRow,
  inbound: Inbound,
): Promise<{ messageId: string; seq: number }> {
  const seq = row.last_seq + 1;
  const now = row.now.getTime();
  const windowExpiresAt = windowAfter(
    inbound.channel.windowMode,
    row.window_expires_at?.getTime() ?? null,
    inbound.sentAt ?? now,
    now,
  );
  const rev = await writeConversation(tx, row.id, {
    last_seq: seq,
    last_in_seq: seq,
    last_message_at: row.now,
    last_inbound_at: row.now,
    window_expires_at: windowExpiresAt === null ? null : new Date(windowExpiresAt),
    window_mode: inbound.channel.windowMode,
    unread: row.unread + 1,
  });
  const messageId = newId();
  await tx.query(
    `INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, external_id, created_at)
     VALUES ($1, $2, $3, $4, 'in', 'customer', $5, $6, $7, $8)`,
    [messageId, row.id, seq, rev, inbound.text, inbound.channel.id, inbound.externalId, row.now],
  );
  await attachFiles(tx, messageId, row.id, inbound.fileIds ?? []);
  return { messageId, seq };
}

/** Hangs stored files on a message, in the order given. */
export async function attachFiles(
  tx: Tx,
  messageId: string,
  conversationId: string,
  fileIds: readonly string[],
): Promise<void> {
  if (fileIds.length === 0) return;
  await tx.query(
    `INSERT INTO message_file (message_id, file_id, position)
     SELECT $1, id, at FROM unnest($2::uuid[]) WITH ORDINALITY AS given(id, at)`,
    [messageId, fileIds],
  );
  await tx.query('UPDATE file SET conversation_id = $2 WHERE id = ANY($1)', [
    fileIds,
    conversationId,
  ]);
}

/**
 * The workflow must know of a message where it changes what happens next, or where a command is still undecided:
 * the command then cannot be decided as if the message had not been written.
 */
async function tellWorkflow(
  tx: Tx,
  row: ConversationRow,
  inbound: Inbound,
  seq: number,
  surveying: boolean,
): Promise<void> {
  const base = {
    conversationId: row.id,
    giver: { kind: 'customer' as const },
    key: `message/${seq}`,
    afterSeq: seq,
  };
  const answer = surveying ? readRating(inbound.text) : null;
  if (answer) {
    await writeAnswer(tx, row, answer);
    await writeCommand(tx, { ...base, name: 'surveyAnswered', args: { rating: answer.rating } });
    return;
  }
  if (row.status === 'open' && row.placement !== 'bot' && !(await hasUndecided(tx, row.id))) return;
  await writeCommand(tx, { ...base, name: 'customerMessage', args: {} });
}

/** True where a command of this conversation has no outcome yet. */
export async function hasUndecided(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM command WHERE conversation_id = $1 AND outcome IS NULL LIMIT 1',
    [id],
  );
  return rows.length > 0;
}

/** Keeps what the customer rated; it counts once the workflow has decided `surveyAnswered`. */
export async function writeAnswer(
  tx: Tx,
  row: Pick<ConversationRow, 'id' | 'queue_id' | 'last_agent_id'>,
  answer: { rating: number; comment: string | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO survey_answer (conversation_id, agent_id, queue_id, rating, comment, created_at)
     VALUES ($1, $2, $3, $4, $5, app_now())
     ON CONFLICT (conversation_id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment`,
    [row.id, row.last_agent_id, row.queue_id, answer.rating, answer.comment],
  );
}
