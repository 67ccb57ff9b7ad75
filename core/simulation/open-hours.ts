/** When a queue is open in the simulated time, worked out once: to ask a calendar each time would take too long. */
import { isOpen, nextChange, type Calendar, type Range } from '../hours/calendar';
import { clockOf, type Clock } from '../hours/clock';

export class OpenHours {
  /** By time; null = always. */
  private readonly ranges: readonly Range[] | null;

  /** Right from `from` to `until`; after that it is closed. A calendar of null is always open. */
  constructor(
    calendar: Calendar | null,
    private readonly from: number,
    private readonly until: number,
  ) {
    this.ranges = calendar && rangesOf(calendar, from, until);
  }

  isOpenAt(at: number): boolean {
    return this.ranges?.some(({ start, end }) => start <= at && at < end) ?? true;
  }

  /** When it opens or closes, after the beginning and before the end, by time. */
  changes(): number[] {
    const all = (this.ranges ?? []).flatMap(({ start, end }) => [start, end]);
    return all.filter((at) => at > this.from && at < this.until);
  }

  /** By which ladders are counted; what comes after the end never comes. */
  clockAt(now: number): Clock {
    const { ranges } = this;
    return ranges
      ? { now, afterOpen: (from, millis) => afterOpen(ranges, from, millis) }
      : clockOf(null, now);
  }
}

function rangesOf(calendar: Calendar, from: number, until: number): Range[] {
  const ranges: Range[] = [];
  for (let start = from; start < until;) {
    const end = Math.min(nextChange(calendar, start) ?? until, until);
    if (isOpen(calendar, start)) ranges.push({ start, end });
    start = end;
  }
  return ranges;
}

function afterOpen(ranges: readonly Range[], from: number, millis: number): number | null {
  let left = millis;
  for (const { start, end } of ranges) {
    const opens = Math.max(start, from);
    if (opens >= end) continue;
    if (left <= end - opens) return opens + left;
    left -= end - opens;
  }
  return null;
}
