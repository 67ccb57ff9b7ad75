/** Calendars as configuration. An edit counts at once for every queue that goes by one. */
import { isOpen, nextChange, type ClosedDate, type OpenInterval } from '../../core/hours/calendar';
import { AppError } from '../../core/errors';
import { writeAudit, type AuditActor } from '../audit';
import type { Database, Tx } from '../client';
import type { Effects } from '../effects';
import type { Prisma } from '../generated/client';
import { newId } from '../ids';
import { refreshHours } from './queue-hours';
import { insertRow, updateRow } from '../write-columns';

export interface CalendarFields {
  readonly name?: string | undefined;
  readonly zone?: string | undefined;
  readonly intervals?: readonly OpenInterval[] | undefined;
  readonly closedDates?: readonly ClosedDate[] | undefined;
  /** Taken from whichever calendar was the global one. */
  readonly isGlobal?: boolean | undefined;
}

export interface CalendarView {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly intervals: OpenInterval[];
  readonly closedDates: ClosedDate[];
  readonly isGlobal: boolean;
  readonly version: number;
  readonly open: boolean;
  readonly nextChangeAt: string | null;
}

const withDates = {
  closedDates: { orderBy: [{ fromLocal: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.CalendarInclude;
type Row = Prisma.CalendarGetPayload<{ include: typeof withDates }>;

function toCalendar(row: Row, now: number): CalendarView {
  const calendar = {
    zone: row.zone,
    intervals: row.intervals as unknown as OpenInterval[],
    closedDates: row.closedDates.map(({ description, fromLocal, toLocal }) => ({
      description,
      from: fromLocal,
      to: toLocal,
    })),
  };
  const next = nextChange(calendar, now);
  return {
    ...{ id: row.id, name: row.name, isGlobal: row.isGlobal, version: row.version },
    ...calendar,
    open: isOpen(calendar, now),
    nextChangeAt: next === null ? null : new Date(next).toISOString(),
  };
}

async function nowOf(db: Database): Promise<number> {
  const [row] = await db.query<{ now: Date }>('SELECT app_now() AS now');
  return (row?.now ?? new Date()).getTime();
}

/** @throws AppError NOT_FOUND */
export async function readCalendar(db: Database, id: string): Promise<CalendarView> {
  const row = await db.prisma.calendar.findUnique({ where: { id }, include: withDates });
  if (!row) throw new AppError('NOT_FOUND');
  return toCalendar(row, await nowOf(db));
}

/** Calendars by name, those after `after`. */
export async function listCalendars(
  db: Database,
  page: { limit: number; after: readonly [name: string, id: string] | null },
): Promise<CalendarView[]> {
  const [name, id] = page.after ?? [];
  const rows = await db.prisma.calendar.findMany({
    ...(name === undefined
      ? {}
      : { where: { OR: [{ name: { gt: name } }, { name, id: { gt: id ?? '' } }] } }),
    include: withDates,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: page.limit,
  });
  const now = await nowOf(db);
  return rows.map((row) => toCalendar(row, now));
}

/** Adds a calendar under the id of the request that asks for it. @throws AppError CONFLICT */
export function createCalendar(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: CalendarFields & { name: string; zone: string },
): Promise<{ value: void; effects: Effects }> {
  const { name, zone, intervals = [], closedDates = [], isGlobal = false } = fields;
  return db.transaction(async (tx) => {
    const columns = { id, name, zone, intervals: JSON.stringify(intervals) };
    if (!(await insertRow(tx, 'calendar', columns))) return;
    await writeDates(tx, id, closedDates);
    if (isGlobal) await makeGlobal(tx, id);
    await writeAudit(tx, actor, 'calendar.create', `calendar/${id}`, { ...fields });
    await refreshHours(tx, await queuesOf(tx, id));
  });
}

/** Edits a calendar; what is named is replaced. @throws AppError NOT_FOUND, CONFLICT */
export function editCalendar(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: CalendarFields,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const { version, isGlobal: was } = await lockCalendar(tx, id);
    await updateRow(tx, 'calendar', id, {
      name: fields.name,
      zone: fields.zone,
      intervals: fields.intervals && JSON.stringify(fields.intervals),
      version: version + 1,
    });
    if (fields.closedDates) await writeDates(tx, id, fields.closedDates);
    const isGlobal = fields.isGlobal ?? was;
    if (isGlobal && !was) await makeGlobal(tx, id);
    if (!isGlobal && was) await updateRow(tx, 'calendar', id, { is_global: false });
    await writeAudit(tx, actor, 'calendar.edit', `calendar/${id}`, { ...fields });
    const inherit = isGlobal || was ? await inheriting(tx) : [];
    await refreshHours(tx, [...(await queuesOf(tx, id)), ...inherit]);
  });
}

/**
 * Deletes a calendar that no queue goes by, by itself or by inheriting it.
 * @throws AppError NOT_FOUND, CALENDAR_IN_USE
 */
export function deleteCalendar(
  db: Database,
  actor: AuditActor,
  id: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const { isGlobal } = await lockCalendar(tx, id, 'UPDATE');
    const queueIds = await queuesOf(tx, id);
    if (queueIds.length > 0) throw new AppError('CALENDAR_IN_USE', { queueIds, isGlobal });
    // Archived queues keep no hours.
    await tx.query(
      `UPDATE queue SET calendar_id = NULL, hours_mode = 'always' WHERE calendar_id = $1`,
      [id],
    );
    await tx.query('DELETE FROM calendar WHERE id = $1', [id]);
    await writeAudit(tx, actor, 'calendar.delete', `calendar/${id}`);
  });
}

async function lockCalendar(
  tx: Tx,
  id: string,
  lock: 'NO KEY UPDATE' | 'UPDATE' = 'NO KEY UPDATE',
): Promise<{ version: number; isGlobal: boolean }> {
  const rows = await tx.query<{ version: number; isGlobal: boolean }>(
    `SELECT version, is_global AS "isGlobal" FROM calendar WHERE id = $1 FOR ${lock}`,
    [id],
  );
  if (!rows[0]) throw new AppError('NOT_FOUND');
  return rows[0];
}

async function writeDates(tx: Tx, id: string, dates: readonly ClosedDate[]): Promise<void> {
  await tx.query('DELETE FROM closed_date WHERE calendar_id = $1', [id]);
  await tx.query(
    `INSERT INTO closed_date (id, calendar_id, description, from_local, to_local)
     SELECT given.id, $1, given.description, given.from_local, given.to_local
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
              AS given(id, description, from_local, to_local)`,
    [
      id,
      dates.map(() => newId()),
      dates.map((date) => date.description),
      dates.map((date) => date.from),
      dates.map((date) => date.to),
    ],
  );
}

/** At most one is global, at every moment. */
async function makeGlobal(tx: Tx, id: string): Promise<void> {
  await tx.query('UPDATE calendar SET is_global = false WHERE is_global AND id <> $1', [id]);
  await updateRow(tx, 'calendar', id, { is_global: true });
}

/** The queues that go by a calendar, by their own choice or because it is the global one. */
async function queuesOf(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT q.id FROM queue q JOIN calendar c ON c.id = $1
      WHERE q.archived_at IS NULL
        AND (q.calendar_id = c.id OR (c.is_global AND q.hours_mode = 'inherit')) ORDER BY q.id`,
    [id],
  );
  return rows.map((row) => row.id);
}

async function inheriting(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM queue WHERE hours_mode = 'inherit' AND archived_at IS NULL`,
  );
  return rows.map((row) => row.id);
}
