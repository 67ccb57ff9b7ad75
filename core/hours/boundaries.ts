/** When to look at a calendar: what a schedule that goes by the clock on the wall has to fire at. */
import { nextChange, type Calendar } from './calendar';
import { wallAt } from './zone';

/** Each week, on these days at this time. */
interface Weekly {
  readonly hour: number;
  readonly minute: number;
  readonly weekdays: readonly number[];
}

/** Once. */
interface Dated {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export interface Boundaries {
  readonly weekly: readonly Weekly[];
  readonly dated: readonly Dated[];
}

const DAY_MS = 24 * 3_600_000;
/** Changes that are not at a time of the week are listed so far ahead. The schedule is made anew at each fire. */
const AHEAD_MS = 30 * DAY_MS;
const MOST_DATED = 200;

/** The times of the week at which intervals begin or end, and what else changes it: closed dates, clocks that change. */
export function boundariesOf(calendar: Calendar, now: number): Boundaries {
  const weekly = new Map<string, Set<number>>();
  for (const { weekday, from, to } of calendar.intervals) {
    const nextDay = to <= from || to === '24:00';
    note(weekly, from, weekday);
    note(weekly, to === '24:00' ? '00:00' : to, nextDay ? (weekday % 7) + 1 : weekday);
  }
  const today = localAt(calendar.zone, now);
  const dates = calendar.closedDates.flatMap(({ from, to }) => [from, to]);
  const dated = new Set(dates.filter((local) => local >= today));
  let next = nextChange(calendar, now);
  while (next !== null && next <= now + AHEAD_MS) {
    const local = localAt(calendar.zone, next);
    const weekday = new Date(`${local}Z`).getUTCDay() || 7;
    if (!weekly.get(local.slice(11))?.has(weekday)) dated.add(local);
    next = nextChange(calendar, next);
  }
  return {
    weekly: [...weekly].sort().map(([time, weekdays]) => ({
      ...timeOf(time),
      weekdays: [...weekdays].sort(),
    })),
    dated: [...dated].sort().slice(0, MOST_DATED).map(datedOf),
  };
}

function note(weekly: Map<string, Set<number>>, time: string, weekday: number): void {
  const weekdays = weekly.get(time) ?? new Set();
  weekly.set(time, weekdays.add(weekday));
}

const localAt = (zone: string, at: number): string =>
  new Date(wallAt(zone, at)).toISOString().slice(0, 16);

function timeOf(time: string): { hour: number; minute: number } {
  return { hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5)) };
}

function datedOf(local: string): Dated {
  const [year, month, day] = local.slice(0, 10).split('-').map(Number);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0, ...timeOf(local.slice(11)) };
}
