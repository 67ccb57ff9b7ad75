/** What a queue tells its customers about its hours, and about its end. */
import type { Item } from '../../core/conversation/decide';
import { CLOSING_TIME, closingText, outOfHoursText } from '../../core/hours/queue-hours';
import { allowed, type WindowMode } from '../../core/windows/window';
import { canSpeak, say } from '../conversation/assistant-message';
import type { Tx } from '../client';
import { customerLanguage } from '../customers/customer-language';
import type { ConversationRow } from '../conversation/conversation-row';
import { emptyingText } from '../routing/empty-queue';

/**
 * Answers a message that came out of hours, once a closed period whatever the number of messages and conversations.
 * Says nothing where the conversation's agent is there all the same. `row` is locked, with the message in it.
 */
export async function answerOutOfHours(tx: Tx, row: ConversationRow): Promise<void> {
  const [closed] = await tx.query<{ since: Date; told: boolean; answered: boolean }>(
    `SELECT q.closed_since AS since, c.told_closed_since IS NOT DISTINCT FROM q.closed_since AS told,
            EXISTS (SELECT 1 FROM conversation o WHERE o.identity_id = c.identity_id
                       AND o.queue_id = c.queue_id AND o.told_closed_since = q.closed_since) AS answered
       FROM conversation c JOIN queue q ON q.id = c.queue_id
      WHERE c.id = $1 AND NOT q.open AND NOT EXISTS (
        SELECT 1 FROM agent a WHERE a.id = c.owner_id AND c.placement = 'assigned'
           AND a.state <> 'logged_off' AND a.absent_since IS NULL)`,
    [row.id],
  );
  if (!closed || closed.told) return;
  const told = { told_closed_since: closed.since };
  const language = closed.answered ? null : await customerLanguage(tx, row.identity_id);
  const text = outOfHoursText(row.queue_settings.hours, language);
  if (text !== null && !closed.answered && (await canSpeak(tx, row))) {
    await say(tx, row, text, `closed/${closed.since.getTime()}`, told);
    return;
  }
  // Nobody sees this column, so rev stays.
  await tx.query('UPDATE conversation SET told_closed_since = $2 WHERE id = $1', [
    row.id,
    told.told_closed_since,
  ]);
}

/** Tells whoever waited why it is closed: closing time, for live chats, or a supervisor who emptied the queue. */
export async function tellClosing(tx: Tx, row: ConversationRow, item: Item): Promise<void> {
  if (item.kind !== 'command' || item.command.name !== 'closeWaiting') return;
  const text =
    item.command.args.cause === CLOSING_TIME
      ? closingText(row.queue_settings.hours, await customerLanguage(tx, row.identity_id))
      : await emptyingText(tx, row.id, item.command.number);
  const mode = (row.window_mode ?? 'none') as WindowMode;
  const may = allowed(mode, row.window_expires_at?.getTime() ?? null, row.now.getTime());
  if (text === null || may !== 'free' || !(await canSpeak(tx, row))) return;
  await say(tx, row, text, `closing/${row.version}`);
}
