/** Waits for the end of everything. */
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { unfinished } from './facts';

/**
 * Returns once nothing is under way any more, or at `end` (ms since the epoch): how many workflows still run. Of
 * Postgres and Temporal it asks what they have stored.
 */
export async function comeToRest(
  url: string,
  temporalAddress: string,
  end: number,
): Promise<number> {
  while (Date.now() < end) {
    const left = await unfinished(url).catch(() => null);
    if (left?.conversations === 0 && left.others === 0) break;
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
