import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { CONVERSATION_TASK_QUEUE, deliveryTaskQueue } from '../workflows/ids';

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** The pre-built bundle of the workflows. */
  readonly bundle: string;
  readonly activities: object;
  /** Whether this process runs the workflows: decides conversations, and what is sent when. */
  readonly conversations: boolean;
  /** Channel kinds whose messages this process sends. */
  readonly deliveryKinds: readonly string[];
}

export interface RunningWorkers {
  /** Lets running tasks end, then returns. */
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  readonly failed: Promise<never>;
}

/** Calls to other systems, which mostly wait; activities/channel-slots.ts says how many one channel may have. */
const DELIVERIES_AT_ONCE = 100;

/** How long running activities may take to end when a worker stops. */
const GRACE = '20s';

const LOOK_EVERY_MS = 1_000;

/** Starts one worker a task queue and returns when all of them poll. */
export async function runWorkers(options: WorkersOptions): Promise<RunningWorkers> {
  const queues = [
    ...(options.conversations ? [CONVERSATION_TASK_QUEUE] : []),
    ...options.deliveryKinds.map(deliveryTaskQueue),
  ];
  const workers = await Promise.all(
    queues.map((queue) => Worker.create(workerOptions(queue, options))),
  );
  const runs = workers.map((worker) => worker.run());
  const hasFailed = (worker: Worker): boolean => worker.getState() === 'FAILED';
  let look: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    for (const run of runs) run.catch(reject);
    // The run of a failed worker may never settle: then it would neither work nor end.
    look = setInterval(() => {
      if (workers.some(hasFailed)) reject(new Error('a worker has failed'));
    }, LOOK_EVERY_MS);
  });
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      clearInterval(look);
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs.filter((_, at) => !workers[at] || !hasFailed(workers[at])));
    },
  };
}

function workerOptions(taskQueue: string, options: WorkersOptions): WorkerOptions {
  const common: WorkerOptions = {
    connection: options.connection,
    namespace: options.namespace,
    taskQueue,
    dataConverter: { payloadConverterPath: require.resolve('../workflows/payload-converter') },
    activities: options.activities,
    shutdownGraceTime: GRACE,
  };
  // Workflows cost a thread of some 45 MB: those of deliveries run beside the conversations, and only their calls here.
  if (taskQueue !== CONVERSATION_TASK_QUEUE) {
    return { ...common, maxConcurrentActivityTaskExecutions: DELIVERIES_AT_ONCE };
  }
  return {
    ...common,
    workflowBundle: { codePath: options.bundle },
    // A killed worker's cache otherwise keeps its conversations waiting for 10 s.
    stickyQueueScheduleToStartTimeout: '2s',
    // A run that cannot be replayed would stand still for ever. It ends instead, and the next ring begins a new one,
    // which loads what is stored: nothing that counts is in the history alone.
    workflowFailureErrorTypes: { '*': ['NondeterminismError'] },
    maxCachedWorkflows: 600,
    // A task must be done within 5 s of being taken. A worker on a slow machine that takes many at once, each with a
    // history to replay, is late with all of them and gets nothing done for ever; what waits at the server is not late.
    maxConcurrentWorkflowTaskExecutions: 10,
    // Each poll holds one of these places while it waits. Those of conversations that are known here must leave some to
    // new ones, and neither may take all: with a poll for each place no more than two conversations began at a time.
    maxConcurrentWorkflowTaskPolls: 4,
    nonStickyToStickyPollRatio: 0.5,
    maxConcurrentLocalActivityExecutions: 20,
  };
}
