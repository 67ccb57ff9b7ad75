/** `create` by an agent: a new conversation to a customer on an outside channel, assigned and with its first message. */
import { AppError } from '../../core/errors';
import { assign } from '../routing/claim';
import type { Database, Tx } from '../client';
import { lockRows } from './conversation-row';
import { createConversation } from './create-conversation';
import type { Effects } from '../effects';
import { isLoggedIn, lockAgents } from '../agents/locked-agent';
import { liveConversation } from '../messages/receive-message';
import { sendIn, type Outgoing } from '../messages/send-message';

export interface Beginning {
  /** Of the new conversation; the same for a repeat of the same wish. */
  readonly id: string;
  readonly channelId: string;
  readonly identityId: string;
  readonly contactId: string | null;
  readonly agentId: string;
  readonly text: string;
}

/**
 * Begins a conversation with an agent's message. A repeat (same id) changes nothing.
 * @throws AppError CONFLICT where the customer has a live conversation on this channel (its id is in the details),
 *   IDEMPOTENCY_MISMATCH, AGENT_UNAVAILABLE, CHANNEL_DISABLED, CHANNEL_CANNOT_SEND, WINDOW_CLOSED, QUEUE_ARCHIVED, NOT_FOUND
 */
export function beginConversation(
  db: Database,
  wish: Beginning,
): Promise<{ value: { conversationId: string; repeated: boolean }; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [wish.agentId])).get(wish.agentId);
    if (!agent) throw new AppError('NOT_FOUND');
    const before = await tx.query<{ identity_id: string }>(
      'SELECT identity_id FROM conversation WHERE id = $1',
      [wish.id],
    );
    if (before[0]) {
      if (before[0].identity_id !== wish.identityId) throw new AppError('IDEMPOTENCY_MISMATCH');
      // Finds the message of the first time, and refuses another text.
      await sendIn(tx, firstMessage(wish));
      return { conversationId: wish.id, repeated: true };
    }
    if (!isLoggedIn(agent)) throw new AppError('AGENT_UNAVAILABLE');
    const channel = await channelThatSends(tx, wish.channelId);
    const id = await createConversation(tx, { ...wish, ...channel, chatLike: true });
    if (!id) {
      const live = await liveConversation(tx, wish.identityId);
      throw new AppError('CONFLICT', { conversationId: live });
    }
    const row = (await lockRows(tx, [id])).get(id);
    if (!row) throw new AppError('NOT_FOUND');
    await assign(tx, row, agent, 'take', `begin/${id}`);
    await sendIn(tx, firstMessage(wish));
    return { conversationId: id, repeated: false };
  });
}

const firstMessage = (wish: Beginning): Outgoing => ({
  conversationId: wish.id,
  agentId: wish.agentId,
  text: wish.text,
  fileIds: [],
  note: false,
  humanTag: false,
  key: `begin/${wish.id}`,
});

async function channelThatSends(
  tx: Tx,
  id: string,
): Promise<{ channelKind: string; queueId: string }> {
  const rows = await tx.query<{
    kind: string;
    queue_id: string;
    enabled: boolean;
    reply_url: string | null;
    window_mode: string | null;
  }>(
    `SELECT kind, queue_id, enabled, settings->>'replyUrl' AS reply_url, settings->>'windowMode' AS window_mode
       FROM channel WHERE id = $1 AND archived_at IS NULL`,
    [id],
  );
  const channel = rows[0];
  if (!channel) throw new AppError('NOT_FOUND', { channelId: id });
  if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
  // A live chat lasts as long as its visitor's page: there is nobody to write to first.
  if (channel.kind === 'live-chat' || !channel.reply_url) throw new AppError('CHANNEL_CANNOT_SEND');
  // Where there is a window, only the customer opens it.
  if ((channel.window_mode ?? 'none') !== 'none') throw new AppError('WINDOW_CLOSED');
  return { channelKind: channel.kind, queueId: channel.queue_id };
}
