/** What a receiver reports of a message of ours. */
import { stateAfter, type DeliveryState } from '../../core/delivery/state';
import { AppError } from '../../core/errors';
import type { Database } from '../client';
import type { Effects } from '../effects';
import { writeConversation, writeMessage } from '../conversation/write-conversation';

/**
 * Writes how far a message has come. A state never goes back, so repeats and late news change nothing. Returns the
 * state that now holds.
 * @throws AppError NOT_FOUND where this channel has sent no such message
 */
export function reportDelivery(
  db: Database,
  channelId: string,
  report: { readonly messageId: string; readonly state: 'delivered' | 'read' | 'failed' },
): Promise<{ value: DeliveryState; effects: Effects }> {
  return db.transaction(async (tx) => {
    const found = await tx.query<{ conversation_id: string }>(
      `SELECT conversation_id FROM message
        WHERE id = $1 AND channel_id = $2 AND direction = 'out' AND attempts > 0`,
      [report.messageId, channelId],
    );
    const conversationId = found[0]?.conversation_id;
    if (!conversationId) throw new AppError('NOT_FOUND');
    const locked = await tx.query<{ customer_seen_seq: number }>(
      'SELECT customer_seen_seq FROM conversation WHERE id = $1 FOR NO KEY UPDATE',
      [conversationId],
    );
    const rows = await tx.query<{ seq: number; delivery: DeliveryState; sent_at: Date }>(
      'SELECT seq, delivery, coalesce(sent_at, app_now()) AS sent_at FROM message WHERE id = $1',
      [report.messageId],
    );
    const message = rows[0];
    if (!message || !locked[0]) throw new AppError('NOT_FOUND');
    const delivery = stateAfter(message.delivery, report.state);
    if (delivery === message.delivery) return delivery;
    await writeMessage(tx, conversationId, report.messageId, {
      delivery,
      error: delivery === 'failed' ? 'REPORTED' : null,
      next_attempt_at: null,
      ...(delivery === 'failed' ? {} : { sent_at: message.sent_at }),
    });
    if (delivery === 'read' && message.seq > locked[0].customer_seen_seq) {
      await writeConversation(tx, conversationId, { customer_seen_seq: message.seq });
    }
    return delivery;
  });
}
