import {
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  type ActivityFunctionWithOptions,
  type LocalActivityFunctionWithOptions,
} from '@temporalio/workflow';
import type { Activities } from '../activities';

type Calls = Pick<Activities, 'load' | 'project'>;

// Postgres answers in milliseconds or is away. A local activity costs one event, but one that keeps failing writes
// history all the time and outlives its workflow task, so after some 2 s of refusals the same call goes on as a normal
// activity, which retries without history. (Attempts are counted because a local activity's schedule-to-close timeout
// does not end them.)
const fast = proxyLocalActivities<Calls>({
  startToCloseTimeout: '3s',
  retry: { initialInterval: '100ms', maximumInterval: '2s', maximumAttempts: 5 },
});
const patient = proxyActivities<Calls>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '15s' },
});

/** Reads and writes the stored conversation, however long Postgres is away. Only a cancellation gets out. */
export const stored = {
  load: (...args: Parameters<Calls['load']>): ReturnType<Calls['load']> =>
    patiently('load', 'reads what is stored', args),
  project: (
    summary: string,
    projection: Parameters<Calls['project']>[0],
  ): ReturnType<Calls['project']> => patiently('project', summary, [projection]),
};

async function patiently<K extends keyof Calls>(
  name: K,
  summary: string,
  args: Parameters<Calls[K]>,
): Promise<Awaited<ReturnType<Calls[K]>>> {
  try {
    return await (fast[name] as LocalActivityOf<K>).executeWithOptions({ summary }, args);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return (patient[name] as ActivityOf<K>).executeWithOptions({ summary }, args);
  }
}

type LocalActivityOf<K extends keyof Calls> = LocalActivityFunctionWithOptions<Calls[K]>;
type ActivityOf<K extends keyof Calls> = ActivityFunctionWithOptions<Calls[K]>;
