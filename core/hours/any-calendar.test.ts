import fc from 'fast-check';
import {
  afterOpenMillis,
  isOpen,
  nextChange,
  openMillisBetween,
  type Calendar,
  type ClosedDate,
} from './calendar';
import { wallAt } from './zone';

const HOUR = 3_600_000;
const at = (instant: string): number => Date.parse(instant);
const closed = (from: string, to: string): ClosedDate => ({ description: 'x', from, to });

describe('any calendar', () => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = fc.tuple(fc.nat(23), fc.constantFrom(0, 10, 30, 45));
  const hhmm = time.map(([h, m]) => `${two(h)}:${two(m)}`);
  // Around the days on which clocks change, in one year.
  const dates = [
    '2026-03-08',
    '2026-03-29',
    '2026-04-05',
    '2026-10-04',
    '2026-10-25',
    '2026-11-01',
  ];
  const local = fc.tuple(fc.constantFrom(...dates), hhmm).map(([day, t]) => `${day}T${t}`);
  const closedDate = fc
    .tuple(local, local)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => (a < b ? closed(a, b) : closed(b, a)));
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
  const anyCalendar = fc.record<Calendar>({
    zone: fc.constantFrom(...zones),
    intervals: fc.array(
      fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: hhmm, to: hhmm }),
      { maxLength: 6 },
    ),
    closedDates: fc.array(closedDate, { maxLength: 2 }),
  });
  const anyStart = fc.constantFrom(...dates).map((day) => at(`${day}T00:00Z`) - 36 * HOUR);

  it('is open or closed without a break between the changes, and changes at each', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, (hours, start) => {
        let from = start;
        while (from < start + 72 * HOUR) {
          const next = nextChange(hours, from) ?? Infinity;
          expect(next).toBeGreaterThan(from);
          const until = Math.min(next, start + 72 * HOUR);
          const state = isOpen(hours, from);
          const looks = [until - 1];
          for (let t = from; t < until; t += HOUR) looks.push(t);
          expect(looks.filter((t) => isOpen(hours, t) !== state)).toEqual([]);
          if (next === Infinity) return;
          expect(isOpen(hours, next)).toBe(!state);
          from = next;
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('is open by what the clock on the wall shows, but in the hour that comes twice', () => {
    const minute = (t: string): number => Number(t.slice(0, 2)) * 60 + Number(t.slice(3));
    const readsOpen = (hours: Calendar, wall: number): boolean => {
      const shown = new Date(wall);
      const text = shown.toISOString().slice(0, 16);
      if (hours.closedDates.some(({ from, to }) => from <= text && text < to)) return false;
      const weekday = shown.getUTCDay() || 7;
      const now = minute(text.slice(11));
      return hours.intervals.some(({ weekday: day, from, to }) => {
        const [a, b] = [minute(from), minute(to)];
        if (a < b) return day === weekday && a <= now && now < b;
        return (day === weekday && a <= now) || (day === ((weekday + 5) % 7) + 1 && now < b);
      });
    };
    fc.assert(
      fc.property(anyCalendar, anyStart, (hours, start) => {
        const wrong: number[] = [];
        for (let t = start; t < start + 72 * HOUR; t += HOUR / 4) {
          const wall = wallAt(hours.zone, t);
          const twice = [-HOUR, -HOUR / 2, HOUR / 2, HOUR].some(
            (shift) => wallAt(hours.zone, t + shift) === wall,
          );
          if (!twice && isOpen(hours, t) !== readsOpen(hours, wall)) wrong.push(t);
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 30, seed: 6 },
    );
  });

  it('counts as open time what lies between opening and closing', () => {
    fc.assert(
      fc.property(anyCalendar, anyStart, (hours, start) => {
        const end = start + 40 * 24 * HOUR;
        let [sum, from] = [0, start];
        while (from < end) {
          const next = Math.min(nextChange(hours, from) ?? end, end);
          if (isOpen(hours, from)) sum += next - from;
          from = next;
        }
        expect(openMillisBetween(hours, start, end)).toBe(sum);
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  it('finds the moment at which so much open time has passed', () =>
    fc.assert(
      fc.property(
        anyCalendar,
        anyStart,
        fc.integer({ min: 1, max: 40 * HOUR }),
        (hours, from, millis) => {
          const end = afterOpenMillis(hours, from, millis);
          if (end === null) return;
          expect(openMillisBetween(hours, from, end)).toBe(millis);
          // Not a moment later than needed: it is open just before.
          expect(isOpen(hours, end - 1)).toBe(true);
        },
      ),
      { numRuns: 40, seed: 7 },
    ));
});
