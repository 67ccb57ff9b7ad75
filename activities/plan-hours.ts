/** One Temporal schedule a calendar, which fires at its openings and closings. */
import type { Client, ScheduleOptions, ScheduleSpec } from '@temporalio/client';
import { boundariesOf, type Boundaries } from '../core/hours/boundaries';
import type { AfterCommit } from '../db/after-commit';
import type { Database } from '../db/client';
import { calendarIds, editedCalendars, notePlanned, readPlan } from '../db/queues/calendar-plans';
import { recomputeHours } from '../db/queues/queue-hours';
import { CONVERSATION_TASK_QUEUE, HOURS_PREFIX, hoursScheduleId } from '../workflows/ids';
import { HOURS_WORKFLOW } from '../workflows/messages';

const DAYS = [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
] as const;
const MONTHS = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE'] as const),
  ...(['JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
];

/** Makes the schedule of a calendar what the calendar says, or deletes it with the calendar. */
export function planCalendar(db: Database, client: Client): (id: string) => Promise<void> {
  return async (id) => {
    const plan = await readPlan(db, id);
    if (!plan) return deleteSchedule(client, hoursScheduleId(id));
    await putSchedule(
      client,
      id,
      specOf(plan.calendar.zone, boundariesOf(plan.calendar, plan.now)),
    );
    await notePlanned(db, id, plan.version);
  };
}

/** Makes the schedules of calendars that were added or edited since theirs were made. */
export async function planEdited(db: Database, client: Client): Promise<void> {
  for (const id of await editedCalendars(db)) await planCalendar(db, client)(id);
}

/**
 * Brings all queues up to this moment and makes every schedule anew: for the start of a worker, an empty Temporal, and
 * rules of zones that have changed. Schedules of calendars that are gone go too.
 */
export async function prepareHours(
  db: Database,
  afterCommit: AfterCommit,
  client: Client,
): Promise<void> {
  afterCommit.start((await recomputeHours(db, 'all')).effects);
  const ids = await calendarIds(db);
  for (const id of ids) await planCalendar(db, client)(id);
  const wanted = new Set(ids.map(hoursScheduleId));
  for await (const { scheduleId } of client.schedule.list()) {
    const stale = scheduleId.startsWith(HOURS_PREFIX) && !wanted.has(scheduleId);
    if (stale) await deleteSchedule(client, scheduleId);
  }
}

function specOf(zone: string, { weekly, dated }: Boundaries): ScheduleSpec {
  return {
    timezone: zone,
    calendars: [
      ...weekly.map(({ hour, minute, weekdays }) => ({
        hour,
        minute,
        dayOfWeek: weekdays.map((weekday) => DAYS[weekday % 7] ?? 'MONDAY'),
      })),
      ...dated.map(({ year, month, day, hour, minute }) => ({
        ...{ year, hour, minute },
        month: MONTHS[month - 1] ?? 'JANUARY',
        dayOfMonth: day,
      })),
    ],
  };
}

async function putSchedule(client: Client, calendarId: string, spec: ScheduleSpec): Promise<void> {
  const scheduleId = hoursScheduleId(calendarId);
  const whole: Pick<ScheduleOptions, 'spec' | 'action' | 'policies'> & { action: object } = {
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: HOURS_WORKFLOW,
      workflowId: scheduleId,
      taskQueue: CONVERSATION_TASK_QUEUE,
      args: [calendarId],
    },
    // Level-triggered: one fire too many or too late does no harm.
    policies: { overlap: 'BUFFER_ONE', catchupWindow: '1h' },
  };
  try {
    await client.schedule.create({ scheduleId, ...whole });
  } catch (error) {
    if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error;
    // The whole spec: what is left out of it would stay.
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...whole, state }));
  }
}

async function deleteSchedule(client: Client, scheduleId: string): Promise<void> {
  await client.schedule
    .getHandle(scheduleId)
    .delete()
    .catch((error: unknown) => {
      if ((error as Error).name !== 'ScheduleNotFoundError') throw error;
    });
}
