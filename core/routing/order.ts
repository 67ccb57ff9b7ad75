/**
 * The order in the waiting line as one stored number, so that an index keeps it and nothing is ever re-sorted.
 * Lower goes first: points (queue weight, priority, a closing window) first, then the oldest. With aging, a point is worth
 * `agingMinutes` of waiting, so an old conversation overtakes a new one with more points.
 */
const WITHOUT_AGING_MS = 1e13; // some 300 years a point: points always win
const FRONT = 1e15; // above any sum of points
/** What a closing messaging window adds, once: half of what weight or priority can. */
const URGENT_POINTS = 5;

export interface OrderInput {
  /** 0-10, of the queue. */
  readonly weight: number;
  /** 0-10, of the conversation. */
  readonly priority: number;
  /** Minutes of waiting that equal one point; 0 switches aging off. */
  readonly agingMinutes: number;
  /** Since when it has been in line, milliseconds since 1970. */
  readonly queuedSince: number;
  /** Whether its messaging window is about to close. */
  readonly urgent: boolean;
  /** What comes back from an agent who is gone stands before all others, the oldest of them first. */
  readonly front: boolean;
}

/** The stored order key; a whole number below 2^53. */
export function orderKey(input: OrderInput): number {
  const { weight, priority, agingMinutes, queuedSince, urgent, front } = input;
  if (front) return queuedSince - FRONT;
  const point = agingMinutes > 0 ? agingMinutes * 60_000 : WITHOUT_AGING_MS;
  return queuedSince - (weight + priority + (urgent ? URGENT_POINTS : 0)) * point;
}
