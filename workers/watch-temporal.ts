/**
 * Keeps Temporal complete: at the start of a worker, and whenever another, empty Temporal has come into the place of
 * the one before. Then the hourly schedule has gone with all the rest, so nothing there would notice.
 */
import type { Client } from '@temporalio/client';
import { ensureNamespace, isPrepared } from '../activities/prepare-temporal';
import { CONVERSATION_TASK_QUEUE, RECONCILE_WORKFLOW_ID } from '../workflows/ids';
import { RECONCILE_WORKFLOW } from '../workflows/messages';

export interface TemporalWatch {
  /** Ends after the running look. */
  stop(): Promise<void>;
}

/** A look that takes longer is given up; the next one comes. */
const LOOK_MS = 5_000;

/** Has everything started that is missing in Temporal, by the workflow `reconcile`. Fails where Temporal is away. */
export async function startReconcile(client: Client): Promise<void> {
  await client.workflow.start(RECONCILE_WORKFLOW, {
    workflowId: RECONCILE_WORKFLOW_ID,
    taskQueue: CONVERSATION_TASK_QUEUE,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [],
  });
}

/** Looks every `everyMs` milliseconds, for the first time after so long. */
export function watchTemporal(options: {
  readonly client: Client;
  readonly everyMs: number;
  /** Told of each time that a Temporal without anything of ours was found. */
  readonly onNew: () => void;
  readonly report: (error: unknown, what: string) => void;
}): TemporalWatch {
  const { client, everyMs, onNew, report } = options;
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    const prepared = await client.connection
      .withDeadline(Date.now() + LOOK_MS, () => isPrepared(client))
      // Away: nothing can be done, and whoever rings says so.
      .catch(() => true);
    if (prepared) return;
    onNew();
    await ensureNamespace(client);
    // The workflow makes the schedule, by which the next look goes: so it never stands there without the workflow.
    await startReconcile(client);
  };
  const loop = (async () => {
    for (;;) {
      await pause(everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await look().catch((error: unknown) => report(error, 'reconcile'));
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
