/** What came of a simulation. Durations in milliseconds; shares from 0 to 1. */

export interface Waits {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Of one queue: of those who began their wait there, wherever they were answered. */
export interface Figures {
  /** New conversations, and those that agents transferred into the queue. */
  readonly arrived: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Ended by the last step of a ladder, and live chats left in line at closing time. */
  readonly closed: { readonly byLadder: number; readonly atClosing: number };
  /** Still in line at the end of the simulation, with nobody to answer. */
  readonly unserved: number;
  /** Transferred into the queue by agents. */
  readonly transferred: number;
  /** Hops to another queue because the wait was too long, and those that its hours or its agents did not allow. */
  readonly overflowed: number;
  readonly overflowsSkipped: number;
  /** Whose required skills became wishes, by time or by the ladder. */
  readonly relaxed: number;
  /** Steps of ladders by which supervisors, or customers, were told. */
  readonly notified: number;
  readonly told: number;
  /** Customers who came back: with an agent whom they knew, kept for that one, and answered by that one. */
  readonly returning: { readonly known: number; readonly kept: number; readonly met: number };
  /** Customers for whom it was waited, and who wrote again when their agent had filled up with others. */
  readonly overfilled: number;
  readonly offers: { readonly made: number; readonly rejected: number; readonly missed: number };
  /** Of those who were answered. */
  readonly waitMs: Waits;
  /** Mean wait of those who were answered or gave up. */
  readonly meanWaitOfAllMs: number;
  /** Share of those answered who did not wait at all. */
  readonly answeredAtOnce: number;
  readonly answeredInTime: number;
  /** Answered in time, of those who were answered, were closed unanswered, or gave up after that time. */
  readonly serviceLevel: number;
  /** The same, counting whoever gave up within the time as answered in time. */
  readonly serviceLevelWithAbandoned: number;
  /** Of those who were answered, gave up, or were closed unanswered. */
  readonly abandonment: number;
  /** Work, as a share of the units that agents bring: of a queue, all its members; while they are in. */
  readonly utilisation: number;
}

/** One hour of the simulated time, all queues together. */
export interface Hour {
  readonly at: number;
  readonly arrived: number;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly abandoned: number;
  /** Unanswered, by a ladder or at closing time. */
  readonly closed: number;
  /** Of those who were answered or gave up. */
  readonly meanWaitMs: number;
}

export interface SimulationResult {
  readonly conversations: number;
  readonly agents: number;
  readonly all: Figures;
  /** In the order of the queues. */
  readonly queues: readonly {
    readonly id: string;
    readonly name: string;
    readonly figures: Figures;
  }[];
  /** From the first hour to the last in which anything arrived. */
  readonly hours: readonly Hour[];
}

/** Mean and quantiles; zeros of nothing. Sorts what it is given. */
export function waitsOf(waits: Float64Array): Waits {
  waits.sort();
  const at = (share: number): number =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  return {
    mean: share(sum(waits), waits.length),
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: at(1),
  };
}

export const sum = (numbers: Float64Array): number => numbers.reduce((all, n) => all + n, 0);

/** A part of a whole; 0 of nothing. */
export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
