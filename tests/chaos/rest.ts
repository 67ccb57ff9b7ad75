/** Waits for the end of everything. */
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { unfinished } from './facts';

/** A full house takes its time to empty; one in which fewer and fewer are left is not stuck. */
const NOBODY_LEAVES_MS = 120_000;

/**
 * Returns once nothing is under way any more, once nobody has left for two minutes, or at `end` (ms since the epoch):
 * how many workflows still run. Of Postgres and Temporal it asks what they have stored.
 */
export async function comeToRest(
  url: string,
  temporalAddress: string,
  end: number,
): Promise<number> {
  let fewest = Infinity;
  let since = Date.now();
  while (Date.now() < Math.min(end, since + NOBODY_LEAVES_MS)) {
    const left = await unfinished(url).catch(() => null);
    if (left?.conversations === 0 && left.others === 0) break;
    if (left && left.conversations + left.others < fewest) {
      fewest = left.conversations + left.others;
      since = Date.now();
    }
    await sleep(500);
  }
  const connection = await Connection.connect({ address: temporalAddress });
  try {
    const client = new TemporalClient({ connection });
    let running = 0;
    // What lists them lags a little behind.
    do {
      const query = `ExecutionStatus = 'Running' AND WorkflowType IN ('conversation', 'delivery')`;
      running = (await client.workflow.count(query)).count;
      if (running === 0) break;
      await sleep(500);
    } while (Date.now() < end);
    return running;
  } finally {
    await connection.close();
  }
}
