/** The least that a conversation could be: it waits for signals and does with each what it must with activities. */
import {
  condition,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

export interface BareActivities {
  read(id: string): Promise<number>;
  write(id: string): Promise<number>;
}

const { read, write } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '5s' });

export const bareSignal = defineSignal('go');

/** Reads at its start; then with each signal it reads and writes, as a command is loaded and projected. */
export async function bare(): Promise<void> {
  const { workflowId } = workflowInfo();
  let [given, done] = [0, 0];
  setHandler(bareSignal, () => void given++);
  for (;;) {
    await condition(() => given > done);
    await read(workflowId);
    if (done > 0) await write(workflowId);
    done++;
  }
}
