import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { reconcilePage, prepareTemporal } = proxyActivities<Activities>({
  // A page starts some hundred workflows; each start is one call to Temporal.
  startToCloseTimeout: '2m',
  summary: 'starts what is missing',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

export interface Reconciled {
  /** Unclosed conversations whose workflow was started or found running. */
  readonly conversations: number;
  /** Conversations whose delivery was started or found running. */
  readonly deliveries: number;
}

/** Starts the workflow of everything that lives in Postgres. It needs no list of workflows, so it works on an empty Temporal. */
export async function reconcile(): Promise<Reconciled> {
  await prepareTemporal();
  let after: string | null = null;
  let [conversations, deliveries] = [0, 0];
  do {
    const page: Awaited<ReturnType<typeof reconcilePage>> = await reconcilePage(after);
    conversations += page.conversations;
    deliveries += page.deliveries;
    after = page.next;
  } while (after !== null);
  return { conversations, deliveries };
}
