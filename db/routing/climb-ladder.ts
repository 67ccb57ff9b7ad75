/** A step of a queue's ladder, on the locked row: whether it is time, whether it can be done, what is said. */
import type { Decision } from '../../core/conversation/decide';
import { textOf, type LadderStep } from '../../core/routing/ladder';
import { wordsIn } from '../../core/customer-text';
import { canSpeak, say } from '../conversation/assistant-message';
import type { Tx } from '../client';
import { customerLanguage } from '../customers/customer-language';
import type { ConversationRow } from '../conversation/conversation-row';
import { clockFor } from './queue-clock';
import { queueOf, type QueueOf } from './queue-of';

export type Climbed = Pick<Decision, 'change' | 'events'> & { readonly queue: QueueOf };

/**
 * What becomes of a decided step: nothing yet where hours were edited and open time is left, the next step where the
 * queue that it should flow over to cannot take it.
 */
export async function climb(
  tx: Tx,
  row: ConversationRow,
  afterMs: number,
  { change, events }: Pick<Decision, 'change' | 'events'>,
): Promise<Climbed> {
  const clock = await clockFor(tx, row);
  const since = row.line_since?.getTime() ?? clock.now;
  const due = clock.afterOpen(since, afterMs);
  if (due === null || due > clock.now) return { change: {}, events: [], queue: row };
  if (change.queueId === undefined) return { change, events, queue: row };
  const target = await queueOf(tx, change.queueId);
  const reason = await againstOverflow(tx, row, change.queueId, target);
  if (target && reason === null) return { change, events, queue: target };
  return {
    change: { ladderStep: row.ladder_step + 1 },
    events: [{ kind: 'overflowSkipped', data: { to: change.queueId, reason } }],
    queue: row,
  };
}

async function againstOverflow(
  tx: Tx,
  row: ConversationRow,
  to: string,
  target: QueueOf | null,
): Promise<string | null> {
  if (!target) return 'there is no such queue any more';
  if (to === row.queue_id || row.visited.includes(to)) return 'it has waited there before';
  if (!target.queue_open) return 'that queue is closed';
  const members = await tx.query(
    `SELECT 1 FROM queue_member m JOIN agent a ON a.id = m.agent_id
      WHERE m.queue_id = $1 AND a.archived_at IS NULL LIMIT 1`,
    [to],
  );
  return members.length > 0 ? null : 'that queue has no agents';
}

/** Tells the customer what the step that was done has to say. The row is as it was before. */
export async function tellStep(tx: Tx, row: ConversationRow): Promise<void> {
  const step: LadderStep | undefined = row.queue_settings.ladder?.[row.ladder_step];
  const said = step ? textOf(step) : null;
  if (said === null || !(await canSpeak(tx, row))) return;
  const text = wordsIn(said, await customerLanguage(tx, row.identity_id)) ?? said.text;
  const since = row.line_since?.getTime() ?? 0;
  await say(tx, row, text, `ladder/${row.queue_id}/${since}/${row.ladder_step}`);
}
