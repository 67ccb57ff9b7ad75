import type { Client } from '@temporalio/client';
import type { Doorbell } from '../db/after-commit';
import type { Ring } from '../db/effects';
import {
  CONVERSATION_TASK_QUEUE,
  conversationWorkflowId,
  deliveryWorkflowId,
} from '../workflows/ids';
import {
  CONVERSATION_WORKFLOW,
  DELIVER_SIGNAL,
  DELIVERY_WORKFLOW,
  type ConversationInput,
} from '../workflows/messages';

/** A ring that takes longer is given up: the row stays, and the relay rings again. */
const RING_TIMEOUT_MS = 5000;

/**
 * Rings that may be under way at a time. Temporal answers in milliseconds: where it does not, whatever comes is left to
 * the relay, and nothing piles up here.
 */
const MOST_RINGS = 256;

/** A killed worker otherwise costs 10 s before another takes its task. */
const TASK_TIMEOUT = '5s';

/** Rings by Signal-With-Start, so it does not matter whether the workflow runs. */
export function createDoorbell(client: Client): Doorbell {
  let underWay = 0;
  async function bounded<T>(call: () => Promise<T>): Promise<T> {
    if (underWay >= MOST_RINGS) throw new Error('Temporal is slow; left to the relay');
    underWay++;
    try {
      return await client.connection.withDeadline(Date.now() + RING_TIMEOUT_MS, call);
    } finally {
      underWay--;
    }
  }
  return {
    async ring({ conversationId, signal, args }: Ring) {
      const signalArgs: unknown[] = args ? [args] : [];
      const input: ConversationInput = { v: 1, id: conversationId };
      await bounded(() =>
        client.workflow.signalWithStart(CONVERSATION_WORKFLOW, {
          workflowId: conversationWorkflowId(conversationId),
          taskQueue: CONVERSATION_TASK_QUEUE,
          workflowTaskTimeout: TASK_TIMEOUT,
          args: [input],
          signal,
          signalArgs,
        }),
      );
    },
    async deliver(conversationId, channelKind) {
      await bounded(() =>
        client.workflow.signalWithStart(DELIVERY_WORKFLOW, {
          workflowId: deliveryWorkflowId(conversationId),
          taskQueue: CONVERSATION_TASK_QUEUE,
          workflowTaskTimeout: TASK_TIMEOUT,
          args: [conversationId, channelKind],
          signal: DELIVER_SIGNAL,
          signalArgs: [],
        }),
      );
    },
  };
}
