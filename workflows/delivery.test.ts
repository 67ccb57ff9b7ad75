import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { GIVE_UP_AFTER, pauseAfter } from '../core/delivery/attempts';
import { workflowBundlePath } from '../tests/support/engines';
import { describeWithTimeSkipping, timeSkippingEnvironment } from '../tests/support/time-skipping';
import { until } from '../tests/support/world';
import { runWorkers, type RunningWorkers } from '../workers/run-workers';
import { CONVERSATION_TASK_QUEUE } from './ids';
import { DELIVER_SIGNAL, DELIVERY_WORKFLOW } from './messages';

describeWithTimeSkipping('a delivery in its real durations', () => {
  let env: TestWorkflowEnvironment;
  let workers: RunningWorkers;
  /** What the activity answers next; nothing is left to be sent where this says nothing. */
  let answer: () => Promise<number | null>;
  let calls = 0;
  beforeAll(async () => {
    env = await timeSkippingEnvironment();
    workers = await runWorkers({
      connection: env.nativeConnection,
      namespace: 'default',
      bundle: workflowBundlePath(),
      activities: {
        deliverPending: async () => {
          calls++;
          return { retryInMs: await answer() };
        },
      },
      conversations: true,
      deliveryKinds: ['open'],
    });
  });
  afterAll(async () => {
    await workers.stop();
    await env.teardown();
  });
  beforeEach(() => {
    calls = 0;
  });

  const begin = (workflowId: string) =>
    env.client.workflow.signalWithStart(DELIVERY_WORKFLOW, {
      workflowId,
      taskQueue: CONVERSATION_TASK_QUEUE,
      args: ['0191d5f0-0000-7000-8000-0000000000c1', 'open'],
      signal: DELIVER_SIGNAL,
      signalArgs: [],
    });

  it('tries for a day, with pauses of up to 5 min and histories of bounded length', async () => {
    const start = await env.currentTimeMs();
    let passed = 0;
    answer = async () => {
      passed = (await env.currentTimeMs()) - start;
      const pause = pauseAfter(calls);
      return passed + pause > GIVE_UP_AFTER ? null : pause;
    };
    const handle = await begin('day');
    await handle.result();
    const hours = passed / 3_600_000;
    expect(hours).toBeGreaterThan(23.8);
    expect(hours).toBeLessThanOrEqual(24);
    expect(calls).toBeGreaterThan(280);
    expect(calls).toBeLessThan(310);
    const { events } = await env.client.workflow.getHandle('day').fetchHistory();
    expect(events?.length).toBeLessThan(1020);
    // The last run of several: it went on from one before.
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(started?.continuedExecutionRunId).toBeTruthy();
  });

  it('looks at once when it is rung during a pause', async () => {
    let told: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (told = resolve));
    answer = async () => {
      if (calls > 1) return null;
      told();
      return 24 * 3_600_000;
    };
    const handle = await begin('rung');
    await first;
    const start = await env.currentTimeMs();
    await handle.signal(DELIVER_SIGNAL);
    // Not by its result: awaiting one lets the server skip time, and here none may pass.
    await until('it is done', async () => (await handle.describe()).status.name === 'COMPLETED');
    expect(calls).toBe(2);
    expect((await env.currentTimeMs()) - start).toBeLessThan(3_600_000);
  });

  it('looks once more when it is rung during the last look', async () => {
    answer = async () => {
      if (calls === 1) await env.client.workflow.getHandle('late').signal(DELIVER_SIGNAL);
      return null;
    };
    await (await begin('late')).result();
    expect(calls).toBe(2);
  });
});
