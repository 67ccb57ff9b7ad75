/**
 * Messages that a customer wrote after the end of a conversation belong to the live one, or begin one. Moving is In
 * on the target: the same columns, the same command, the same ring.
 */
import type { Tx } from '../client';
import { StartAgain } from '../client';
import type { ConversationRow } from './conversation-row';
import { lockRows } from './conversation-row';
import { createConversation } from './create-conversation';
import { hasUndecided } from '../messages/receive-message';
import { writeCommand } from './write-command';
import { writeConversation, writeEvent } from './write-conversation';

/**
 * Moves what lies above the close to the customer's live conversation, `target`, or to a new one. Nothing there:
 * nothing happens, and no conversation begins.
 */
export async function moveMessages(
  tx: Tx,
  from: ConversationRow,
  target: string | null,
): Promise<void> {
  const covered = from.status === 'closed' ? from.closed_after_seq : from.survey_after_seq;
  const above = covered ?? from.last_in_seq;
  const moving = await tx.query<{ id: string }>(
    `SELECT id FROM message WHERE conversation_id = $1 AND direction = 'in' AND seq > $2 ORDER BY seq`,
    [from.id, above],
  );
  if (moving.length === 0) return;
  const to = await targetRow(tx, from, target);
  const last = to.last_seq + moving.length;
  const rev = await writeConversation(tx, to.id, {
    last_seq: last,
    last_in_seq: last,
    last_message_at: to.now,
    last_inbound_at: to.now,
    unread: to.unread + moving.length,
  });
  await tx.query(
    `UPDATE message m SET conversation_id = $2, seq = $3 + at, rev = $4, xid = txid_current()
       FROM unnest($1::uuid[]) WITH ORDINALITY AS moved(id, at) WHERE m.id = moved.id`,
    [moving.map((m) => m.id), to.id, to.last_seq, rev],
  );
  // Whoever looks at the old conversation learns that its last messages are gone.
  await writeEvent(tx, {
    conversationId: from.id,
    rev: Number(from.rev) + 1,
    afterSeq: above,
    kind: 'messagesMoved',
    data: { to: to.id, aboveSeq: above },
    actor: { kind: 'system' },
  });
  const tell = to.status !== 'open' || to.placement === 'bot' || (await hasUndecided(tx, to.id));
  if (!tell) return;
  await writeCommand(tx, {
    conversationId: to.id,
    name: 'customerMessage',
    args: {},
    giver: { kind: 'customer' },
    key: `message/${last}`,
    afterSeq: last,
  });
}

async function targetRow(
  tx: Tx,
  from: ConversationRow,
  target: string | null,
): Promise<ConversationRow> {
  const id = target ?? (await begin(tx, from));
  const row = (await lockRows(tx, [id])).get(id);
  // Closed meanwhile: look again for the live one.
  if (!row || row.status === 'closed') throw new StartAgain();
  return row;
}

async function begin(tx: Tx, from: ConversationRow): Promise<string> {
  const id = await createConversation(tx, {
    channelId: from.channel_id,
    channelKind: from.channel_kind,
    identityId: from.identity_id,
    contactId: from.contact_id,
    queueId: from.queue_id,
    chatLike: from.chat_like,
    previousId: from.id,
  });
  if (!id) throw new StartAgain();
  return id;
}
