/** What Temporal's schedules are made of, and which of them are behind. */
import type { Database } from '../client';
import { readCalendars, type StoredCalendar } from './queue-hours';

export interface CalendarPlan {
  readonly calendar: StoredCalendar;
  /** The version that was read. */
  readonly version: number;
  /** The database's now, in milliseconds. */
  readonly now: number;
}

/** Null where the calendar is gone. */
export async function readPlan(db: Database, id: string): Promise<CalendarPlan | null> {
  // The version first: an edit in between is planned twice, never missed.
  const rows = await db.query<{ version: number; now: Date }>(
    'SELECT version, app_now() AS now FROM calendar WHERE id = $1',
    [id],
  );
  const calendar = (await readCalendars(db, [id])).find((found) => found.id === id);
  if (!rows[0] || !calendar) return null;
  return { calendar, version: rows[0].version, now: rows[0].now.getTime() };
}

/** Notes that the schedule of a calendar was made of this version. */
export async function notePlanned(db: Database, id: string, version: number): Promise<void> {
  await db.query('UPDATE calendar SET planned_version = $2 WHERE id = $1', [id, version]);
}

/** Calendars whose schedule is older than they are. */
export async function editedCalendars(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM calendar WHERE planned_version < version ORDER BY id',
  );
  return rows.map((row) => row.id);
}

export async function calendarIds(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>('SELECT id FROM calendar ORDER BY id');
  return rows.map((row) => row.id);
}
