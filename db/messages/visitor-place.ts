/** Where a visitor stands: whether their queue is open, whether anybody is there, how many go before them. */
import type { Database } from '../client';

/** Further back nobody counts along. */
const MOST_COUNTED = 99;

export interface QueueState {
  readonly open: boolean;
  /** The next opening; null while it is open, and where it never opens. */
  readonly opensAt: string | null;
  /** True while an agent of the queue is there, busy or not. */
  readonly staffed: boolean;
}

/** Whether a queue is open as routing goes by it, and staffed. */
export async function queueState(
  db: Pick<Database, 'query'>,
  queueId: string,
): Promise<QueueState> {
  const [row] = await db.query<{ open: boolean; next_change_at: Date | null; staffed: boolean }>(
    `SELECT q.open, q.next_change_at, EXISTS (
       SELECT 1 FROM queue_member m JOIN agent a ON a.id = m.agent_id
        WHERE m.queue_id = q.id AND a.state <> 'logged_off' AND a.absent_since IS NULL
          AND a.archived_at IS NULL) AS staffed
       FROM queue q WHERE q.id = $1`,
    [queueId],
  );
  const { open = true, staffed = false } = row ?? {};
  return { open, staffed, opensAt: open ? null : (row?.next_change_at?.toISOString() ?? null) };
}

/**
 * The visitor's place in the line of their conversation, from 1; null where it is in no line, or too far back to be
 * counted. With it the queue in which the conversation is, which may be another one than the channel's by now.
 */
export async function placeInLine(
  db: Pick<Database, 'query'>,
  identityId: string,
): Promise<{
  readonly queueId: string;
  readonly inLine: boolean;
  readonly position: number | null;
} | null> {
  const [row] = await db.query<{ queue_id: string; in_line: boolean; ahead: number }>(
    `SELECT c.queue_id, c.placement IN ('queued', 'offered') AS in_line,
            CASE WHEN c.placement = 'queued' THEN (SELECT count(*)::int FROM (
              SELECT 1 FROM conversation o
               WHERE o.queue_id = c.queue_id AND o.channel_kind = c.channel_kind AND o.status = 'open'
                 AND o.placement = 'queued' AND (o.order_key, o.id) < (c.order_key, c.id)
               LIMIT ${MOST_COUNTED}) x) ELSE 0 END AS ahead
       FROM conversation c
      WHERE c.identity_id = $1 AND c.chat_like AND c.status = 'open' AND c.superseded_by_id IS NULL`,
    [identityId],
  );
  if (!row) return null;
  const counted = row.in_line && row.ahead < MOST_COUNTED;
  return { queueId: row.queue_id, inLine: row.in_line, position: counted ? row.ahead + 1 : null };
}
