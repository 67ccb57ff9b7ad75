/** What whoever transfers a conversation should know of the queue that it goes to. */
import { DateTime } from 'luxon';

/**
 * One sentence on a closed queue. `opensAt` is the instant (ms) of its opening, told by the clock of `zone`; null where
 * it never opens.
 */
export function closedQueueWarning(name: string, opensAt: number | null, zone: string): string {
  const until =
    opensAt === null
      ? ''
      : ` until ${DateTime.fromMillis(opensAt, { zone, locale: 'en' }).toFormat('d LLLL yyyy, HH:mm')}`;
  return `The queue ${name} is closed${until}. The conversation will wait there.`;
}
