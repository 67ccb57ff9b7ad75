/** How many conversations agents have got today, by the clock of the queue that asks. */
import type { HoursMode } from '../../core/hours/queue-hours';
import { dayBegan } from '../../core/hours/zone';
import type { DistributionName } from '../../core/routing/distribution/distributions';
import type { Database, Tx } from '../client';
import { prepared } from '../prepared';

const ZONE = prepared(
  `SELECT CASE $1::text
            WHEN 'own' THEN (SELECT zone FROM calendar WHERE id = $2::uuid)
            WHEN 'inherit' THEN (SELECT zone FROM calendar WHERE is_global)
          END AS zone, app_now() AS now`,
);

const HANDLED = prepared(
  `SELECT agent_id AS id, count(*)::int AS handled FROM claim
    WHERE agent_id = ANY($1) AND kind IN ('assign', 'accept', 'take') AND created_at >= $2
    GROUP BY agent_id`,
);

/** By what a queue's day begins: at midnight in the zone of the calendar that it goes by, in UTC where it has none. */
export interface Day {
  readonly distribution: DistributionName;
  readonly hoursMode: HoursMode;
  readonly calendarId: string | null;
}

/** How many each of these agents has got today, from whatever queue; nothing where the queue does not go by that. */
export async function handledToday(
  on: Pick<Database | Tx, 'query'>,
  { distribution, hoursMode, calendarId }: Day,
  agentIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (distribution !== 'fewest-handled') return new Map();
  const [clock] = await on.query<{ zone: string | null; now: Date }>(ZONE, [hoursMode, calendarId]);
  if (!clock) return new Map();
  // Midnight is ours to say: Postgres need not know every zone that calendars may have.
  const midnight = new Date(dayBegan(clock.zone ?? 'UTC', clock.now.getTime()));
  const rows = await on.query<{ id: string; handled: number }>(HANDLED, [agentIds, midnight]);
  return new Map(rows.map(({ id, handled }) => [id, handled]));
}
