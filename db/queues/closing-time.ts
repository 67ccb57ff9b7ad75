/** What closing time does to live chats that wait in the line of a queue with `notifyAndClose`. */
import { CLOSING_TIME } from '../../core/hours/queue-hours';
import type { Database, Tx } from '../client';
import { lockRows, type ConversationRow } from '../conversation/conversation-row';
import { Effects } from '../effects';
import { writeCommand } from '../conversation/write-command';

/** A conversation that has moved on since its command was written gets another one. */
const KEY = `'closing/' || c.version || '/' || c.claim_no`;

/**
 * Those of a customer who wrote before closing time, or that came back from an agent, and that have no such command yet.
 * Others wait for the opening, and so does whoever wrote out of hours with nobody there: they are told as much.
 */
const LEFT_BEHIND = `
  c.status = 'open' AND c.placement = 'queued' AND c.channel_kind = 'live-chat'
  AND NOT q.open AND q.archived_at IS NULL AND q.settings->'hours'->>'atClosing' = 'notifyAndClose'
  AND (c.queued_since < q.closed_since OR c.front)
  AND c.told_closed_since IS DISTINCT FROM q.closed_since
  AND NOT EXISTS (SELECT 1 FROM command WHERE conversation_id = c.id AND key = ${KEY})`;

/**
 * Gives `closeWaiting` to every live chat that was left in line at closing time and has no such command yet. Its text
 * goes out with the decision, so nobody is told who was given to an agent at the last moment.
 */
export async function closeLeftBehind(db: Database): Promise<Effects> {
  const effects = new Effects();
  const rows = await db.query<{ id: string }>(
    `SELECT c.id FROM queue q JOIN conversation c ON c.queue_id = q.id
      WHERE ${LEFT_BEHIND}
      ORDER BY c.id`,
  );
  for (const { id } of rows) {
    const closed = await db.transaction(async (tx) => {
      const row = (await lockRows(tx, [id])).get(id);
      if (row) await closeIfLeftBehind(tx, row);
    });
    effects.add(closed.effects);
  }
  return effects;
}

/**
 * The same for a locked conversation, by what its row is now. Whoever puts one back into a line asks it in the same
 * transaction: what comes back to the line of a closed queue need not wait for the next look.
 */
export async function closeIfLeftBehind(
  tx: Tx,
  { id, last_in_seq: afterSeq }: Pick<ConversationRow, 'id' | 'last_in_seq'>,
): Promise<void> {
  const [still] = await tx.query<{ key: string }>(
    `SELECT ${KEY} AS key FROM queue q JOIN conversation c ON c.queue_id = q.id
      WHERE c.id = $1 AND ${LEFT_BEHIND}`,
    [id],
  );
  if (!still) return;
  await writeCommand(tx, {
    conversationId: id,
    name: 'closeWaiting',
    args: { cause: CLOSING_TIME },
    giver: { kind: 'system' },
    key: still.key,
    afterSeq,
  });
}
