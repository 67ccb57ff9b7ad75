/** Between the instants that the world shares and the clock on a wall in one IANA zone. */
import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * What a clock on the wall shows, as the milliseconds that the same figures would be in UTC. Wall times are compared
 * and counted like instants, but are none.
 */
export type Wall = number;

/** True where this is the name of a zone, such as `Europe/Berlin`, that we have the rules of. */
export const isZone = (name: string): boolean => IANAZone.isValidZone(name);

/** What is asked for again and again, by zone and day, on days with a change by minute: Intl takes some 20 µs. */
const known = new Map<string, number | null>();
const MOST_KNOWN = 20_000;

function remembered<T extends number | null>(key: string, ask: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before as T;
  if (known.size >= MOST_KNOWN) known.clear();
  const answer = ask();
  known.set(key, answer);
  return answer;
}

/** Milliseconds that clocks in the zone are ahead of UTC. Zones change at whole minutes. */
function ahead(zone: string, at: number): number {
  const asked = (instant: number): number => IANAZone.create(zone).offset(instant) * MINUTE_MS;
  const day = Math.floor(at / DAY_MS);
  const wholeDay = remembered(`${zone} ${day}`, () => {
    const begin = asked(day * DAY_MS);
    return begin === asked((day + 1) * DAY_MS - 1) ? begin : null;
  });
  if (wholeDay !== null) return wholeDay;
  const minute = Math.floor(at / MINUTE_MS);
  return remembered(`${zone} at ${minute}`, () => asked(minute * MINUTE_MS));
}

/** What a clock in the zone shows at an instant. */
export const wallAt = (zone: string, at: number): Wall => at + ahead(zone, at);

/**
 * The first or the last instant at which a clock in the zone shows `wall`: they differ in an hour that is repeated. A
 * time that is left out when clocks go forward is the instant at which they do.
 */
export function instantOf(zone: string, wall: Wall, which: 'first' | 'last'): number {
  const [before, after] = [ahead(zone, wall - DAY_MS), ahead(zone, wall + DAY_MS)];
  const shown = [wall - before, wall - after].filter((at) => wallAt(zone, at) === wall);
  if (shown.length > 0) return which === 'first' ? Math.min(...shown) : Math.max(...shown);
  return changeBetween(zone, wall - Math.max(before, after), wall - Math.min(before, after));
}

/** When the day began that a clock in the zone shows at an instant. */
export const dayBegan = (zone: string, at: number): number =>
  instantOf(zone, Math.floor(wallAt(zone, at) / DAY_MS) * DAY_MS, 'first');

/** The instant after `from`, at or before `to`, from which the zone is ahead by as much as at `to`. */
function changeBetween(zone: string, from: number, to: number): number {
  const then = ahead(zone, to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ahead(zone, middle) === then) high = middle;
    else low = middle;
  }
  return high;
}
