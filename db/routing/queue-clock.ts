import type { Policy } from '../../core/conversation/types';
import { clockOf, type Clock } from '../../core/hours/clock';
import { calendarOf, type HoursMode } from '../../core/hours/queue-hours';
import type { Tx } from '../client';
import { policyOf, type ConversationRow } from '../conversation/conversation-row';
import { readCalendars } from '../queues/queue-hours';

/**
 * The clock by which deadlines in a queue are counted: its open hours, where it has hours and something is counted in
 * them. `now` in milliseconds.
 */
export async function clockOfQueue(
  tx: Tx,
  queue: { hoursMode: HoursMode; calendarId: string | null; policy: Policy },
  now: number,
): Promise<Clock> {
  const { hoursMode, calendarId, policy } = queue;
  const counts = policy.ladder.length > 0 || policy.firstResponseMs !== null;
  if (!counts || hoursMode === 'always') return clockOf(null, now);
  const calendars = await readCalendars(tx, [calendarId]);
  const own = calendars.find(({ id }) => id === calendarId) ?? null;
  const global = calendars.find(({ isGlobal }) => isGlobal) ?? null;
  return clockOf(calendarOf(hoursMode, own, global), now);
}

/** The same for a conversation in its queue. */
export const clockFor = (tx: Tx, row: ConversationRow): Promise<Clock> =>
  clockOfQueue(
    tx,
    {
      hoursMode: row.queue_hours_mode,
      calendarId: row.queue_calendar_id,
      policy: policyOf(row),
    },
    row.now.getTime(),
  );
