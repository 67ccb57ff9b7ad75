/**
 * The least that a conversation could be: it waits for signals, and writes with each the history that a decision costs:
 * an activity's marker, the search attributes, a timer in place of the one before.
 */
import {
  CancellationScope,
  condition,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { NEXT_DEADLINE, STATUS } from '../../workflows/search-attributes';

export interface BareActivities {
  read(id: string): Promise<number>;
  write(id: string): Promise<number>;
}

const { read, write } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '5s' });

export const bareSignal = defineSignal('go');

/** Reads at its start, as a conversation is loaded; then writes with each signal, as a command is projected. */
export async function bare(): Promise<void> {
  const { workflowId } = workflowInfo();
  let [given, done] = [0, 0];
  let timer = new CancellationScope();
  setHandler(bareSignal, () => void given++);
  for (;;) {
    await condition(() => given > done);
    await (done === 0 ? read(workflowId) : write(workflowId));
    done++;
    upsertSearchAttributes([
      { key: STATUS, value: `after ${done}` },
      { key: NEXT_DEADLINE, value: new Date(Date.now() + 600_000) },
    ]);
    timer.cancel();
    timer = new CancellationScope();
    if (done > 1) timer.run(() => sleep('10m')).catch(() => undefined);
  }
}
