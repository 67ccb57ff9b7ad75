import { sleep } from '@temporalio/workflow';

/** Bears the name of ours and does something else, so that its history fits no run of ours. */
export async function conversation(): Promise<void> {
  await sleep('1 hour');
}
