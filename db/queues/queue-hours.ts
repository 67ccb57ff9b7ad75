/**
 * Whether queues are open. Level-triggered: from the calendars and the database's now follows what stands on a queue's
 * row, whoever asks and however often; a boundary that was missed is made good by the next who looks.
 */
import { closedSince, isOpen, nextChange, type Calendar } from '../../core/hours/calendar';
import { calendarOf, type HoursMode } from '../../core/hours/queue-hours';
import { AppError } from '../../core/errors';
import { closeLeftBehind } from './closing-time';
import type { Database, Tx } from '../client';
import { Effects } from '../effects';
import { noteConditions } from '../routing/queue-conditions';
import { updateRow } from '../write-columns';

export interface HoursFields {
  readonly hoursMode?: HoursMode | undefined;
  /** The calendar of the mode `own`. */
  readonly calendarId?: string | null | undefined;
}

/** A calendar as it is stored. */
export interface StoredCalendar extends Calendar {
  readonly id: string;
  readonly name: string;
  readonly isGlobal: boolean;
}

/** By this a queue is read with all that its hours follow from. */
interface QueueRow {
  id: string;
  hours_mode: HoursMode;
  calendar_id: string | null;
  open: boolean;
  next_change_at: Date | null;
  closed_since: Date | null;
  now: Date;
}

const COLUMNS = `id, hours_mode, calendar_id, open, next_change_at, closed_since, app_now() AS now`;

/** Those of the calendars that exist, and the global one. */
export async function readCalendars(
  on: Pick<Database | Tx, 'query'>,
  ids: readonly (string | null)[],
): Promise<StoredCalendar[]> {
  return on.query<StoredCalendar & Record<string, unknown>>(
    `SELECT c.id, c.name, c.zone, c.intervals, c.is_global AS "isGlobal",
            (SELECT coalesce(json_agg(json_build_object('description', d.description, 'from', d.from_local,
                      'to', d.to_local) ORDER BY d.from_local, d.id), '[]')
               FROM closed_date d WHERE d.calendar_id = c.id) AS "closedDates"
       FROM calendar c WHERE c.id = ANY($1) OR c.is_global`,
    [ids.filter((id) => id !== null)],
  );
}

/** Sets a queue's mode and calendar, where they are named. @throws AppError NOT_FOUND, QUEUE_NEEDS_CALENDAR */
export async function setHours(tx: Tx, queueId: string, fields: HoursFields): Promise<void> {
  if (fields.hoursMode === undefined && fields.calendarId === undefined) return;
  const [before] = await tx.query<QueueRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM queue WHERE id = $1 FOR NO KEY UPDATE`,
    [queueId],
  );
  if (!before) throw new AppError('NOT_FOUND');
  const mode = fields.hoursMode ?? before.hours_mode;
  const named = fields.calendarId === undefined ? before.calendar_id : fields.calendarId;
  // A queue names a calendar only while it goes by it.
  const calendarId = mode === 'own' ? named : null;
  if (mode === 'own' && calendarId === null) throw new AppError('QUEUE_NEEDS_CALENDAR');
  if (calendarId !== null) {
    const there = await tx.query('SELECT 1 FROM calendar WHERE id = $1 FOR KEY SHARE', [
      calendarId,
    ]);
    if (there.length === 0) throw new AppError('NOT_FOUND', { calendarId });
  }
  await updateRow(tx, 'queue', queueId, { hours_mode: mode, calendar_id: calendarId });
  await refreshHours(tx, [queueId]);
}

/** Writes what the calendars say of this moment. Those that have opened get hand-outs for whoever is there. */
export async function refreshHours(tx: Tx, queueIds: readonly string[]): Promise<void> {
  const queues = await tx.query<QueueRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM queue WHERE id = ANY($1) AND archived_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
    [queueIds],
  );
  // A second statement: whoever edited a calendar while we waited for its queues has committed by now.
  const calendars = await readCalendars(
    tx,
    queues.map((queue) => queue.calendar_id),
  );
  const opened: string[] = [];
  for (const queue of queues) {
    const { open, nextChangeAt, closedSince: since } = hoursAt(calendars, queue);
    const same =
      queue.open === open &&
      queue.next_change_at?.getTime() === nextChangeAt?.getTime() &&
      queue.closed_since?.getTime() === since?.getTime();
    if (same) continue;
    await updateRow(tx, 'queue', queue.id, {
      open,
      next_change_at: nextChangeAt,
      closed_since: since,
    });
    if (open && !queue.open) opened.push(queue.id);
  }
  await noteConditions(
    tx,
    queues.map((queue) => queue.id),
  );
  await handOutTo(tx, opened);
}

interface HoursNow {
  readonly calendar: StoredCalendar | null;
  readonly open: boolean;
  readonly nextChangeAt: Date | null;
  readonly closedSince: Date | null;
}

function hoursAt(calendars: readonly StoredCalendar[], queue: QueueRow): HoursNow {
  const calendar = calendarOf(
    queue.hours_mode,
    calendars.find(({ id }) => id === queue.calendar_id) ?? null,
    calendars.find(({ isGlobal }) => isGlobal) ?? null,
  );
  if (!calendar) return { calendar, open: true, nextChangeAt: null, closedSince: null };
  const now = queue.now.getTime();
  const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));
  return {
    calendar,
    open: isOpen(calendar, now),
    nextChangeAt: instant(nextChange(calendar, now)),
    closedSince: instant(closedSince(calendar, now)),
  };
}

/** Whoever is there may get what stood in the lines of these queues. */
async function handOutTo(tx: Tx, queueIds: readonly string[]): Promise<void> {
  if (queueIds.length === 0) return;
  const reason = 'opened';
  const rows = await tx.query<{ id: string; agent_id: string }>(
    `INSERT INTO hand_out (agent_id, reason)
     SELECT DISTINCT a.id, $2 FROM queue_member m JOIN agent a ON a.id = m.agent_id
      WHERE m.queue_id = ANY($1) AND a.state <> 'logged_off' AND a.absent_since IS NULL AND a.archived_at IS NULL
     RETURNING id, agent_id`,
    [queueIds, reason],
  );
  for (const row of rows) {
    tx.effects.handOuts.push({ id: row.id, agentId: row.agent_id, conversationId: null, reason });
  }
}

/** What is asked of a recompute: `all` queues, or those of which a boundary has passed. */
export type WhichQueues = 'all' | 'due';

const AT_ONCE = 50;

/**
 * Brings every queue up to this moment, and closes the live chats that wait in queues which are closed and want it so.
 * Harmless at any time and from any process. Returns how many queues were looked at, and what is left to do.
 */
export async function recomputeHours(
  db: Database,
  which: WhichQueues,
): Promise<{ value: number; effects: Effects }> {
  const effects = new Effects();
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM queue WHERE archived_at IS NULL AND ($1 OR next_change_at <= app_now()) ORDER BY id`,
    [which === 'all'],
  );
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const ids = rows.slice(at, at + AT_ONCE).map((row) => row.id);
    effects.add((await db.transaction((tx) => refreshHours(tx, ids))).effects);
  }
  effects.add(await closeLeftBehind(db));
  return { value: rows.length, effects };
}

/** A queue's hours as its calendar has them now. @throws AppError NOT_FOUND */
export async function readQueueHours(
  db: Database,
  id: string,
): Promise<HoursNow & { readonly mode: HoursMode }> {
  const [queue] = await db.query<QueueRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM queue WHERE id = $1`,
    [id],
  );
  if (!queue) throw new AppError('NOT_FOUND');
  const calendars = await readCalendars(db, [queue.calendar_id]);
  return { ...hoursAt(calendars, queue), mode: queue.hours_mode };
}

/** Milliseconds until the next opening or closing of any queue; null where none ever opens or closes. */
export async function nextChangeInMs(db: Database): Promise<number | null> {
  const [row] = await db.query<{ next: Date | null; now: Date }>(
    `SELECT min(next_change_at) AS next, app_now() AS now FROM queue WHERE archived_at IS NULL`,
  );
  return row?.next ? Math.max(0, row.next.getTime() - row.now.getTime()) : null;
}

/** Whether a queue is open as routing goes by it; while it is not, when it opens (null where it never does). */
export async function queueOpens(
  db: Database,
  id: string,
): Promise<{ readonly open: boolean; readonly opensAt: string | null }> {
  const [row] = await db.query<{ open: boolean; next_change_at: Date | null }>(
    'SELECT open, next_change_at FROM queue WHERE id = $1',
    [id],
  );
  const open = row?.open ?? true;
  return { open, opensAt: open ? null : (row?.next_change_at?.toISOString() ?? null) };
}
