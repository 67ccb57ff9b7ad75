/** The clock that deadlines are counted by: the database's now, and open hours where a queue has some. */
import { afterOpenMillis, type Calendar } from './calendar';

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When so many milliseconds of open time have passed since `from`; null where that never comes. */
  readonly afterOpen: (from: number, millis: number) => number | null;
}

/** By the hours of a calendar; null stands for always open. */
export const clockOf = (calendar: Calendar | null, now: number): Clock => ({
  now,
  afterOpen: (from, millis) =>
    calendar === null ? from + millis : afterOpenMillis(calendar, from, millis),
});
