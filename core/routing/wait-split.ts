/** Splits a wait by what it is put down to, from what is on record of the time. All instants in milliseconds. */
import type { WaitCause } from './wait-cause';

/** A time in one queue's line. */
export interface Stay {
  readonly queueId: string;
  readonly from: number;
  readonly to: number;
}

/** How a queue was from `since` on, until its next entry. */
export interface Condition {
  readonly queueId: string;
  readonly since: number;
  readonly open: boolean;
  /** At least one member was there: logged in, available, not absent. */
  readonly staffed: boolean;
}

/** The time of an offer that came to nothing, and of the pause behind it in which nobody else is left to be asked. */
export interface IgnoredOffer {
  readonly from: number;
  readonly to: number;
}

export interface WaitLog {
  readonly stays: readonly Stay[];
  readonly conditions: readonly Condition[];
  readonly ignoredOffers: readonly IgnoredOffer[];
}

/** Milliseconds by cause. */
export type WaitSplit = Readonly<Record<WaitCause, number>>;

/**
 * What [from, until) was spent on; the parts sum up to its length exactly. An offer that nobody wanted counts before
 * everything else, then a closed queue, then one without anybody in; all that remains was spent with people who had
 * enough to do. Before a queue's first entry it counts as that entry says; without any it counts as open and staffed.
 */
export function splitWait(from: number, until: number, log: WaitLog): WaitSplit {
  const split = { closed: 0, 'nobody in': 0, 'all full': 0, 'offer ignored': 0 };
  const byQueue = conditionsByQueue(log.conditions);
  const edges = [
    ...[from, until],
    ...log.stays.flatMap((stay) => [stay.from, stay.to]),
    ...log.conditions.map(({ since }) => since),
    ...log.ignoredOffers.flatMap((offer) => [offer.from, offer.to]),
  ];
  // Between two neighbouring edges nothing changes.
  const inside = [...new Set(edges)].filter((at) => at >= from && at <= until);
  inside.sort((a, b) => a - b);
  for (const [n, at] of inside.entries()) {
    const next = inside[n + 1];
    if (next === undefined) break;
    split[causeAt(at, log, byQueue)] += next - at;
  }
  return split;
}

type ByQueue = ReadonlyMap<string, readonly Condition[]>;

/** Each queue's entries, oldest first. */
function conditionsByQueue(conditions: readonly Condition[]): ByQueue {
  const byQueue = new Map<string, Condition[]>();
  for (const condition of [...conditions].sort((a, b) => a.since - b.since)) {
    const entries = byQueue.get(condition.queueId);
    if (entries) entries.push(condition);
    else byQueue.set(condition.queueId, [condition]);
  }
  return byQueue;
}

function causeAt(at: number, { stays, ignoredOffers }: WaitLog, byQueue: ByQueue): WaitCause {
  const holds = (span: { from: number; to: number }): boolean => span.from <= at && at < span.to;
  if (ignoredOffers.some(holds)) return 'offer ignored';
  const stay = stays.find(holds);
  const condition = stay && conditionAt(at, byQueue.get(stay.queueId) ?? []);
  if (!condition) return 'all full';
  if (!condition.open) return 'closed';
  return condition.staffed ? 'all full' : 'nobody in';
}

/** The last entry that had begun, else the first one. */
function conditionAt(at: number, entries: readonly Condition[]): Condition | undefined {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.since ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return entries[Math.max(0, low - 1)];
}

/** A move from one queue's line to another's. */
export interface Move {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/**
 * The queues in which a conversation stood from `from` until `until`, by its moves (oldest first) and the queue where
 * it stands at the end of them.
 */
export function staysOf(
  moves: readonly Move[],
  queueId: string,
  from: number,
  until: number,
): Stay[] {
  const starts = [from, ...moves.map(({ at }) => at)];
  const queues = [...moves.map((move) => move.from), queueId];
  return starts
    .map((start, n) => ({
      queueId: queues[n] ?? queueId,
      from: Math.max(from, start),
      to: Math.min(until, starts[n + 1] ?? until),
    }))
    .filter((stay) => stay.from < stay.to);
}
