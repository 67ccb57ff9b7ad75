/** Counts what happens in a simulation and makes the figures of it. */
import { share, sum, waitsOf, type Figures, type Hour, type SimulationResult } from './figures';
import type { Demand, SimulatedQueue } from './model';
import type { Desk, Workforce } from './workforce';

const HOUR_MS = 3_600_000;

/** What a queue has seen. */
class Tally {
  readonly answeredAfter: number[] = [];
  readonly abandonedAfter: number[] = [];
  arrived = 0;
  transferred = 0;
  closedByLadder = 0;
  closedAtClosing = 0;
  overflowed = 0;
  overflowsSkipped = 0;
  relaxed = 0;
  notified = 0;
  told = 0;
  known = 0;
  kept = 0;
  met = 0;
  overfilled = 0;
  offers = 0;
  rejected = 0;
  missed = 0;
  inTime = 0;
  abandonedInTime = 0;
  /** Unit-milliseconds of work. */
  work = 0;
}

/** What is only counted. */
type Counted = {
  [K in keyof Tally]: Tally[K] extends number ? K : never;
}[keyof Tally];

interface HourTally {
  arrived: number;
  answered: number;
  inTime: number;
  abandoned: number;
  closed: number;
  waitMs: number;
}

/** A stay in a queue's line, by the queue and the instant at which it began. */
export interface Stay {
  readonly entry: Desk;
  readonly since: number;
}

export class Measure {
  private readonly tallies: readonly Tally[];
  private readonly hours: HourTally[] = [];

  constructor(
    private readonly desks: readonly Desk[],
    private readonly span: Pick<Demand, 'from' | 'until'>,
  ) {
    this.tallies = desks.map(() => new Tally());
  }

  arrived({ entry, since }: Stay, isTransfer: boolean): void {
    const tally = this.of(entry);
    tally.arrived++;
    if (isTransfer) tally.transferred++;
    this.hourOf(since).arrived++;
  }

  answered({ entry, since }: Stay, now: number): void {
    const tally = this.of(entry);
    const waited = now - since;
    const inTime = waited <= entry.queue.targetMs;
    tally.answeredAfter.push(waited);
    const hour = this.hourOf(since);
    hour.answered++;
    hour.waitMs += waited;
    if (!inTime) return;
    tally.inTime++;
    hour.inTime++;
  }

  abandoned({ entry, since }: Stay, now: number): void {
    const tally = this.of(entry);
    const waited = now - since;
    tally.abandonedAfter.push(waited);
    if (waited <= entry.queue.targetMs) tally.abandonedInTime++;
    const hour = this.hourOf(since);
    hour.abandoned++;
    hour.waitMs += waited;
  }

  /** Closed unanswered. */
  closed(stay: Stay, why: 'closedByLadder' | 'closedAtClosing'): void {
    this.count(stay, why);
    this.hourOf(stay.since).closed++;
  }

  /** One more of this, in the queue where the stay began. */
  count({ entry }: Stay, what: Exclude<Counted, 'work'>): void {
    this.of(entry)[what]++;
  }

  /** A conversation was held by an agent of this queue; only the part inside the span counts. */
  worked(desk: Desk, units: number, from: number, to: number): void {
    const part = Math.min(to, this.span.until) - Math.max(from, this.span.from);
    if (part > 0) this.of(desk).work += units * part;
  }

  result(conversations: number, workforce: Workforce): SimulationResult {
    const { workers } = workforce;
    for (const worker of workers) workforce.count(worker, this.span.until);
    const used = workers.reduce((all, worker) => all + worker.usedArea, 0);
    const brought = workers.reduce((all, worker) => all + worker.shiftArea, 0);
    return {
      conversations,
      agents: workers.length,
      all: figuresOf(this.tallies, share(used, brought)),
      queues: this.desks.map((desk) => {
        const { id, name }: SimulatedQueue = desk.queue;
        const room = desk.places.reduce((all, { worker }) => all + worker.shiftArea, 0);
        const tally = this.of(desk);
        return { id, name, figures: figuresOf([tally], share(tally.work, room)) };
      }),
      hours: this.hours.map((hour, n): Hour => {
        const { arrived, answered, inTime, abandoned, closed, waitMs } = hour;
        const meanWaitMs = share(waitMs, answered + abandoned);
        const at = this.span.from + n * HOUR_MS;
        return { at, arrived, answered, answeredInTime: inTime, abandoned, closed, meanWaitMs };
      }),
    };
  }

  private of(desk: Desk): Tally {
    const tally = this.tallies[desk.index];
    if (!tally) throw new RangeError(`no queue ${desk.index}`);
    return tally;
  }

  private hourOf(at: number): HourTally {
    const n = Math.max(0, Math.floor((at - this.span.from) / HOUR_MS));
    while (this.hours.length <= n)
      this.hours.push({ arrived: 0, answered: 0, inTime: 0, abandoned: 0, closed: 0, waitMs: 0 });
    return this.hours[n] as HourTally;
  }
}

function figuresOf(tallies: readonly Tally[], utilisation: number): Figures {
  const total = (count: (tally: Tally) => number): number =>
    tallies.reduce((all, tally) => all + count(tally), 0);
  const answeredAfter = Float64Array.from(tallies.flatMap((tally) => tally.answeredAfter));
  const abandonedAfter = Float64Array.from(tallies.flatMap((tally) => tally.abandonedAfter));
  const counted = (name: Counted): number => total((tally) => tally[name]);
  const arrived = counted('arrived');
  const answered = answeredAfter.length;
  const abandoned = abandonedAfter.length;
  const closed = {
    byLadder: counted('closedByLadder'),
    atClosing: counted('closedAtClosing'),
  };
  const inTime = counted('inTime');
  const abandonedInTime = counted('abandonedInTime');
  const ended = answered + abandoned + closed.byLadder + closed.atClosing;
  return {
    arrived,
    answered,
    abandoned,
    closed,
    unserved: arrived - ended,
    transferred: counted('transferred'),
    overflowed: counted('overflowed'),
    overflowsSkipped: counted('overflowsSkipped'),
    relaxed: counted('relaxed'),
    notified: counted('notified'),
    told: counted('told'),
    returning: { known: counted('known'), kept: counted('kept'), met: counted('met') },
    overfilled: counted('overfilled'),
    offers: {
      made: counted('offers'),
      rejected: counted('rejected'),
      missed: counted('missed'),
    },
    waitMs: waitsOf(answeredAfter),
    meanWaitOfAllMs: share(sum(answeredAfter) + sum(abandonedAfter), answered + abandoned),
    answeredAtOnce: share(answeredAfter.filter((wait) => wait === 0).length, answered),
    answeredInTime: inTime,
    serviceLevel: share(inTime, ended - abandonedInTime),
    serviceLevelWithAbandoned: share(inTime + abandonedInTime, ended),
    abandonment: share(abandoned, ended),
    utilisation,
  };
}
