import type { Client } from '@temporalio/client';
import { CONVERSATION_TASK_QUEUE, conversationWorkflowId } from '../workflows/ids';
import { CONVERSATION_WORKFLOW, type ConversationInput } from '../workflows/messages';
import type { Doorbell } from '../db/after-commit';
import type { Database } from '../db/client';

const PAGE = 200;
/** Starts in flight at once; Temporal on SQLite takes some hundred a second. */
const AT_ONCE = 20;

export interface ReconciledPage {
  readonly conversations: number;
  readonly deliveries: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/**
 * Starts the workflows of one page of unclosed conversations (and of those with messages to send), leaving alone what
 * runs: conflict policy USE_EXISTING adds no event.
 */
export function reconcilePage(
  db: Database,
  client: Client,
  doorbell: Doorbell,
): (after: string | null) => Promise<ReconciledPage> {
  return async (after) => {
    const live = await db.query<{ id: string }>(
      `SELECT id FROM conversation c
        WHERE (status <> 'closed' OR EXISTS (
                 SELECT 1 FROM command WHERE conversation_id = c.id AND outcome IS NULL))
          AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after, PAGE],
    );
    const last = live.length === PAGE ? (live[PAGE - 1]?.id ?? null) : null;
    const sending = await db.query<{ id: string; channel_kind: string }>(
      `SELECT DISTINCT c.id, c.channel_kind FROM message m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.delivery IN ('pending', 'sending') AND ($1::uuid IS NULL OR c.id > $1)
          AND ($2::uuid IS NULL OR c.id <= $2)`,
      [after, last],
    );
    await inParts(live, (c) => startConversation(client, c.id));
    await inParts(sending, (c) => doorbell.deliver(c.id, c.channel_kind));
    return { conversations: live.length, deliveries: sending.length, next: last };
  };
}

async function startConversation(client: Client, id: string): Promise<void> {
  const input: ConversationInput = { v: 1, id };
  await client.workflow.start(CONVERSATION_WORKFLOW, {
    workflowId: conversationWorkflowId(id),
    taskQueue: CONVERSATION_TASK_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: '5s',
    args: [input],
  });
}

async function inParts<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) {
    await Promise.all(items.slice(at, at + AT_ONCE).map(work));
  }
}
