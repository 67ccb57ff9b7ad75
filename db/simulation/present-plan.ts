/** The present policy as a plan for simulations. */
import type { UnitOverrides } from '../../core/capacity/units';
import { calendarOf, type HoursMode } from '../../core/hours/queue-hours';
import type { QueueSettings } from '../../core/routing/policy';
import type { Plan } from '../../core/simulation/plan';
import type { Database } from '../client';
import { readCalendars } from '../queues/queue-hours';

/** Queues and agents that are not archived. Agents bear their ids for names, and are always there: shifts are not stored. */
export async function readPresentPlan(db: Database): Promise<Plan> {
  const queues = await db.query<{
    id: string;
    name: string;
    delivery: 'auto' | 'offer' | 'manual';
    eligibility: string;
    distribution: string;
    weight: number;
    settings: QueueSettings;
    hours_mode: HoursMode;
    calendar_id: string | null;
  }>(
    `SELECT id, name, delivery, eligibility, distribution, weight, settings, hours_mode, calendar_id
       FROM queue WHERE archived_at IS NULL ORDER BY name`,
  );
  const calendars = await readCalendars(
    db,
    queues.map((queue) => queue.calendar_id),
  );
  const global = calendars.find(({ isGlobal }) => isGlobal) ?? null;
  const agents = await db.query<{
    id: string;
    channel_kinds: string[];
    max_units: number;
    unit_overrides: UnitOverrides;
    most_of_kinds: UnitOverrides;
    skills: string[];
    queues: { queue: string; penalty: number; position: number }[];
  }>(
    `SELECT a.id, a.channel_kinds, a.max_units, a.unit_overrides, a.most_of_kinds, a.skills,
            jsonb_agg(jsonb_build_object('queue', m.queue_id, 'penalty', m.penalty, 'position', m.position)
                      ORDER BY m.queue_id) AS queues
       FROM agent a JOIN queue_member m ON m.agent_id = a.id JOIN queue q ON q.id = m.queue_id
      WHERE a.archived_at IS NULL AND q.archived_at IS NULL
      GROUP BY a.id ORDER BY a.id`,
  );
  return {
    queues: queues.map(({ hours_mode: mode, calendar_id: calendarId, ...queue }) => ({
      ...queue,
      hours: calendarOf(mode, calendars.find(({ id }) => id === calendarId) ?? null, global),
    })),
    agents: agents.map((agent) => ({
      id: agent.id,
      name: agent.id,
      kinds: agent.channel_kinds,
      maxUnits: agent.max_units,
      unitOverrides: agent.unit_overrides,
      mostOfKinds: agent.most_of_kinds,
      skills: agent.skills,
      queues: agent.queues,
    })),
  };
}
