import type { Client } from '@temporalio/client';
import {
  CONVERSATION_TASK_QUEUE,
  RECONCILE_SCHEDULE_ID,
  RECONCILE_WORKFLOW_ID,
  conversationWorkflowId,
} from '../workflows/ids';
import {
  CONVERSATION_WORKFLOW,
  RECONCILE_WORKFLOW,
  type ConversationInput,
} from '../workflows/messages';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';
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

/** Registers search attributes and the hourly schedule where they are missing. */
export function prepareTemporal(client: Client): () => Promise<void> {
  return async () => {
    await registerSearchAttributes(client);
    await client.schedule
      .create({
        scheduleId: RECONCILE_SCHEDULE_ID,
        spec: { intervals: [{ every: '1h' }] },
        action: {
          type: 'startWorkflow',
          workflowType: RECONCILE_WORKFLOW,
          workflowId: RECONCILE_WORKFLOW_ID,
          taskQueue: CONVERSATION_TASK_QUEUE,
          args: [],
        },
        policies: { overlap: 'SKIP', catchupWindow: '1h' },
      })
      .catch((error: unknown) => {
        if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error;
      });
  };
}

async function registerSearchAttributes(client: Client): Promise<void> {
  const { operatorService } = client.connection as unknown as {
    operatorService: {
      listSearchAttributes(r: { namespace: string }): Promise<{ customAttributes?: object | null }>;
      addSearchAttributes(r: { namespace: string; searchAttributes: object }): Promise<unknown>;
    };
  };
  const namespace = client.options.namespace;
  const known = await operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((a) => !(a.name in (known.customAttributes ?? {})));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(
    missing.map((a) => [a.name, INDEXED_VALUE_TYPE[a.type]]),
  );
  await operatorService.addSearchAttributes({ namespace, searchAttributes });
}

/** temporal.api.enums.v1.IndexedValueType */
const INDEXED_VALUE_TYPE: Readonly<Record<string, number>> = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
};

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
