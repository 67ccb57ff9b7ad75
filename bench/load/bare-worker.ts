/** A bare SDK worker as a process of its own: `bare-worker ADDRESS`. Tells its parent what it has done. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { BareActivities } from './bare-workflow';

export const BARE_QUEUE = 'bare';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
  const done = { read: 0, write: 0 };
  const activities: BareActivities = {
    read: async () => ++done.read,
    write: async () => ++done.write,
  };
  const worker = await Worker.create({
    connection,
    activities,
    taskQueue: BARE_QUEUE,
    workflowsPath: require.resolve('./bare-workflow'),
    maxCachedWorkflows: 600,
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentLocalActivityExecutions: 20,
  });
  setInterval(() => process.send?.(done), 5);
  process.on('disconnect', () => process.exit(0));
  await worker.run();
}

if (require.main === module) void main();
