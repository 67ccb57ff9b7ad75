import type { Tx } from '../client';
import type { ConversationRow } from '../conversation/conversation-row';

/** What a conversation's row says of its queue. */
export type QueueOf = Pick<
  ConversationRow,
  | 'queue_version'
  | 'queue_settings'
  | 'queue_weight'
  | 'queue_open'
  | 'queue_delivery'
  | 'queue_eligibility'
  | 'queue_distribution'
  | 'queue_hours_mode'
  | 'queue_calendar_id'
>;

/** A queue as a conversation's row would say it; null where there is none, or it is archived. */
export async function queueOf(tx: Tx, id: string): Promise<QueueOf | null> {
  const rows = await tx.query<QueueOf>(
    `SELECT version AS queue_version, settings AS queue_settings, weight AS queue_weight, open AS queue_open,
            delivery AS queue_delivery, eligibility AS queue_eligibility, distribution AS queue_distribution,
            hours_mode AS queue_hours_mode, calendar_id AS queue_calendar_id
       FROM queue WHERE id = $1 AND archived_at IS NULL`,
    [id],
  );
  return rows[0] ?? null;
}
