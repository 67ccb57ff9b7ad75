/**
 * Sends one conversation's messages outside, one after the other. It lives while something waits to be sent: its
 * timer is the pause before the next attempt. It knows ids only.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
  CancellationScope,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { deliveryTaskQueue } from './ids';
import { DELIVER_SIGNAL } from './messages';

// A run of attempts takes at most 8 s and one call of 10 s more. It says before each attempt that it is alive, so the
// messages of a killed worker need not wait for the whole minute. Postgres away: tried again without history.
const CALL = {
  startToCloseTimeout: '60s',
  heartbeatTimeout: '20s',
  summary: 'sends what is pending',
  retry: { initialInterval: '1s', maximumInterval: '15s' },
} as const;

/** An outage of a day with its attempts fits in; many rings in it may not. */
const MAX_EVENTS = 1000;

/** Runs until nothing of the conversation is left to be sent. */
export async function delivery(conversationId: string, channelKind: string): Promise<void> {
  const { deliverPending } = proxyActivities<Pick<Activities, 'deliverPending'>>({
    ...CALL,
    // The calls of each kind wait apart. What decides about them does not wait for anybody, and has no queue of its own.
    taskQueue: deliveryTaskQueue(channelKind),
  });
  let rung = false;
  setHandler(defineSignal(DELIVER_SIGNAL), () => {
    rung = true;
  });
  for (;;) {
    rung = false;
    const { retryInMs } = await deliverPending(conversationId);
    if (retryInMs === null) {
      await condition(allHandlersFinished);
      // Rung during the call: perhaps for a message that the call had not seen.
      if (rung) continue;
      return;
    }
    if (workflowInfo().historyLength > MAX_EVENTS) {
      await continueAsNew<typeof delivery>(conversationId, channelKind);
    }
    if (retryInMs > 0) await pause(retryInMs, () => rung);
  }
}

/** Until the next attempt is due, or somebody rings. */
async function pause(ms: number, rung: () => boolean): Promise<void> {
  const seconds = Math.ceil(ms / 1000);
  setCurrentDetails(`The receiver does not take messages; next attempt in ${seconds} s.`);
  const timer = new CancellationScope();
  const due = timer
    .run(() => sleep(ms, { summary: 'next attempt to send' }))
    .catch(() => undefined);
  await Promise.race([due, condition(rung)]);
  timer.cancel();
  setCurrentDetails('');
}
