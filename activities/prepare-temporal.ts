/** What a new, empty Temporal lacks before it can run conversations: the namespace, search attributes, the schedule. */
import type { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CONVERSATION_TASK_QUEUE,
  RECONCILE_SCHEDULE_ID,
  RECONCILE_WORKFLOW_ID,
} from '../workflows/ids';
import { RECONCILE_WORKFLOW } from '../workflows/messages';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';

/** As docker-compose.yml has it: how long ended workflows can be looked at. */
const RETENTION_SECONDS = 14 * 24 * 3600;
/** A server's caches know a new namespace only some seconds later. */
const KNOWN_WITHIN_MS = 60_000;
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/**
 * Makes what is missing, and leaves alone what is there. The schedule comes last: where it is, all of it is.
 * Fails where Temporal does not answer, or does not let us make a namespace.
 */
export function prepareTemporal(client: Client): () => Promise<void> {
  return async () => {
    await ensureNamespace(client);
    await onceKnown(() => registerSearchAttributes(client));
    await onceKnown(() => createSchedule(client)).catch((error: unknown) => {
      if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error;
    });
  };
}

const createSchedule = (client: Client): Promise<unknown> =>
  client.schedule.create({
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
  });

/** Whether this Temporal has what `prepareTemporal` makes. Fails where it does not answer. */
export async function isPrepared(client: Client): Promise<boolean> {
  try {
    await client.schedule.getHandle(RECONCILE_SCHEDULE_ID).describe();
    return true;
  } catch (error) {
    // The one where the schedule is missing, the other where the whole namespace is.
    const { name } = error as Error;
    if (name === 'ScheduleNotFoundError' || name === 'NamespaceNotFoundError') return false;
    throw error;
  }
}

/**
 * Makes the namespace where it is missing, and waits until the server knows it. Fails where Temporal does not answer, or
 * does not let us make one.
 */
export async function ensureNamespace({ connection, options }: Client): Promise<void> {
  const { namespace } = options;
  const { workflowService } = connection;
  const isThere = await workflowService.describeNamespace({ namespace }).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === NOT_FOUND) return false;
      throw error;
    },
  );
  if (!isThere) {
    await workflowService
      .registerNamespace({
        namespace,
        workflowExecutionRetentionPeriod: { seconds: RETENTION_SECONDS as never },
      })
      .catch((error: unknown) => {
        if (codeOf(error) !== ALREADY_EXISTS) throw error;
      });
  }
  // Also where it is there: another process may have made it this very second.
  await onceKnown(() => workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }));
}

/** Does it as soon as all parts of the server know the namespace. */
async function onceKnown<T>(act: () => Promise<T>): Promise<T> {
  const end = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!saysNotFound(error) || Date.now() > end) throw error;
    }
    await sleep(200);
  }
}

/** As the connection says it, and as the SDK's own clients do. */
const saysNotFound = (error: unknown): boolean =>
  codeOf(error) === NOT_FOUND || (error as Error).name === 'NamespaceNotFoundError';

const codeOf = (error: unknown): number | undefined => (error as { code?: number }).code;

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
  await operatorService
    .addSearchAttributes({ namespace, searchAttributes })
    // Another process was faster.
    .catch((error: unknown) => {
      if (codeOf(error) !== ALREADY_EXISTS) throw error;
    });
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
