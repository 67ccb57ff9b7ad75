import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

type Calls = Pick<Activities, 'load' | 'project'>;

// Postgres answers in milliseconds or is away. A local activity costs one event, but one that keeps failing writes
// history all the time, so after some 5 s of refusals the same call goes on as a normal activity, which retries
// without history. (Attempts are counted because a local activity's schedule-to-close timeout does not end them.)
const fast = proxyLocalActivities<Calls>({
  startToCloseTimeout: '3s',
  retry: { initialInterval: '100ms', maximumInterval: '2s', maximumAttempts: 7 },
});
const patient = proxyActivities<Calls>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '15s' },
});

/** Reads and writes the stored conversation, however long Postgres is away. Only a cancellation gets out. */
export const stored = {
  load: (...args: Parameters<Activities['load']>): ReturnType<Activities['load']> =>
    fast.load(...args).catch((error: unknown) => {
      if (isCancellation(error)) throw error;
      return patient.load(...args);
    }),
  project: (...args: Parameters<Activities['project']>): ReturnType<Activities['project']> =>
    fast.project(...args).catch((error: unknown) => {
      if (isCancellation(error)) throw error;
      return patient.project(...args);
    }),
};
