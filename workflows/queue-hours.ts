import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { openAndClose, planCalendar } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** An hour that comes twice has its closings an hour after the schedule has fired; and clocks differ a little. */
const STAYS_MS = 61 * 60_000;
/** What comes later has a fire of its own. */
const MOST_ROUNDS = 4;

/**
 * Fired by the schedule of a calendar at each of its boundaries. Brings all queues up to the database's now, whatever
 * has brought it here, and stays for what changes within the hour; then it makes the schedule fit what is ahead.
 */
export async function queueHours(calendarId: string): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { nextInMs } = await openAndClose();
    if (nextInMs === null || nextInMs > STAYS_MS) break;
    await sleep(Math.max(nextInMs, 1), { summary: 'a queue opens or closes' });
  }
  await planCalendar(calendarId);
}
