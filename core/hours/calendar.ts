/**
 * Opening hours: when a calendar is open, and when that changes. A day's times are those of a clock on the wall. A time
 * that is left out when clocks go forward is the moment at which they do; of one that comes twice, the first opens and
 * the last closes. So nothing opens or closes twice.
 */
import { instantOf, wallAt, type Wall } from './zone';

/** Open on one day of each week. */
export interface OpenInterval {
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
  /** `HH:mm`, from 00:00 to 23:59. */
  readonly from: string;
  /** `HH:mm`, up to 24:00. At or before `from` it is a time of the next day. */
  readonly to: string;
}

/** Closed whatever the weekday says. */
export interface ClosedDate {
  readonly description: string;
  /** What a clock in the calendar's zone shows: `2026-12-24T12:00`. */
  readonly from: string;
  /** From then on the weekday counts again. */
  readonly to: string;
}

export interface Calendar {
  /** IANA name. */
  readonly zone: string;
  readonly intervals: readonly OpenInterval[];
  readonly closedDates: readonly ClosedDate[];
}

/** Instants in milliseconds; `end` is no longer in it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Every interval comes once a week, but may be left out in one when clocks go forward. */
const LOOK_MS = 16 * DAY_MS;

/** Whether it is open at this instant. */
export function isOpen(calendar: Calendar, at: number): boolean {
  return rangesNear(calendar, at, at + 1).some((range) => range.start <= at && at < range.end);
}

/** The next instant after `at` at which it opens or closes; null where it stays as it is for ever. */
export function nextChange(calendar: Calendar, at: number): number | null {
  const open = isOpen(calendar, at);
  const boundaries = closedRanges(calendar).flatMap(({ start, end }) => [start, end]);
  for (let from = at; ;) {
    const to = from + LOOK_MS;
    const ranges = rangesNear(calendar, from, to);
    const change = open
      ? ranges.find(({ start, end }) => start <= from && from < end)?.end
      : ranges.find(({ start }) => start > at)?.start;
    if (change !== undefined && change <= to) return change;
    // Weeks without a change go on like this until a closed date begins or ends.
    const ahead = boundaries.filter((boundary) => boundary > from);
    if (ahead.length === 0) return null;
    from = ahead.every((boundary) => boundary > to) ? Math.min(...ahead) - 1 : to;
  }
}

/**
 * Since when it has been closed: this names the closed period in which `at` is. Null where it is open then, 0 where it
 * has never been open.
 */
export function closedSince(calendar: Calendar, at: number): number | null {
  if (isOpen(calendar, at)) return null;
  const boundaries = closedRanges(calendar).flatMap(({ start, end }) => [start, end]);
  for (let to = at; ;) {
    const from = to - LOOK_MS;
    const ended = rangesNear(calendar, from, to).filter(({ end }) => from < end && end <= to);
    const since = ended.at(-1)?.end;
    if (since !== undefined) return since;
    const before = boundaries.filter((boundary) => boundary < to);
    if (before.length === 0) return 0;
    to = before.every((boundary) => boundary < from) ? Math.max(...before) + 1 : from;
  }
}

/** Milliseconds between two instants in which it was open; null stands for always open. */
export function openMillisBetween(calendar: Calendar | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (calendar === null) return to - from;
  let sum = 0;
  for (let start = from; start < to; start += LOOK_MS) {
    const end = Math.min(to, start + LOOK_MS);
    for (const range of rangesNear(calendar, start, end)) {
      sum += Math.max(0, Math.min(range.end, end) - Math.max(range.start, start));
    }
  }
  return sum;
}

/** How far ahead open time is looked for: a calendar that opens so rarely does not count as one that opens. */
const FAR_MS = 366 * DAY_MS;

/** When so many milliseconds of open time have passed since `from`; null where that takes more than a year. */
export function afterOpenMillis(calendar: Calendar, from: number, millis: number): number | null {
  let left = millis;
  for (let start = from; start < from + FAR_MS; start += LOOK_MS) {
    const end = start + LOOK_MS;
    for (const range of rangesNear(calendar, start, end)) {
      const opens = Math.max(range.start, start);
      const lasts = Math.min(range.end, end) - opens;
      if (lasts <= 0) continue;
      if (left <= lasts) return opens + left;
      left -= lasts;
    }
  }
  return null;
}

/**
 * When it is open, in order and without overlap. Right from `from` to `to`; what lies outside may be missing, so a range
 * that reaches beyond them may in truth be longer.
 */
function rangesNear(calendar: Calendar, from: number, to: number): Range[] {
  const { zone } = calendar;
  // Two days more: an interval may begin the day before, and a zone may leave out a whole day.
  const firstDay = Math.floor(wallAt(zone, from) / DAY_MS) - 2;
  const lastDay = Math.floor(wallAt(zone, to) / DAY_MS) + 2;
  const ranges: Range[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    for (const interval of calendar.intervals) {
      if (interval.weekday !== weekdayOf(day)) continue;
      const [opens, closes] = [minutesOf(interval.from), minutesOf(interval.to)];
      const nextDay = closes <= opens ? DAY_MS : 0;
      ranges.push({
        start: instantOf(zone, day * DAY_MS + opens * MINUTE_MS, 'first'),
        end: instantOf(zone, day * DAY_MS + nextDay + closes * MINUTE_MS, 'last'),
      });
    }
  }
  return without(united(ranges), closedRanges(calendar));
}

/** The closed dates as instants. Ending is opening: the first of two such times; beginning is closing. */
function closedRanges({ zone, closedDates }: Calendar): Range[] {
  return united(
    closedDates.map((date) => ({
      start: instantOf(zone, wallOf(date.from), 'last'),
      end: instantOf(zone, wallOf(date.to), 'first'),
    })),
  );
}

/** The day with this number since 1970-01-01, a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

const wallOf = (local: string): Wall => Date.parse(`${local}Z`);

/** In order, those that touch or overlap made one, empty ones left out. */
function united(ranges: readonly Range[]): Range[] {
  const whole: { start: number; end: number }[] = [];
  const sorted = ranges.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  for (const range of sorted) {
    const last = whole.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else whole.push({ ...range });
  }
  return whole;
}

function without(ranges: readonly Range[], holes: readonly Range[]): Range[] {
  return holes.reduce<Range[]>(
    (left, hole) =>
      left.flatMap(({ start, end }) =>
        [
          { start, end: Math.min(end, hole.start) },
          { start: Math.max(start, hole.end), end },
        ].filter((part) => part.start < part.end),
      ),
    [...ranges],
  );
}
