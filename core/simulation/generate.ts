/** Makes up arrivals: random by the hour of the day, each stream with its own handling times and patience. */
import { DateTime } from 'luxon';
import { draw, type Duration } from './durations';
import type { Arrival, Leg } from './model';
import { randomFrom, type Random } from '../random';
import type { Skills } from '../routing/skills';

/** Conversations of one kind that come to one queue. */
export interface Stream {
  readonly queueId: string;
  readonly kind: string;
  readonly priority: number;
  /** How many come in each hour of the day, from midnight in the zone: 24 means, Poisson. */
  readonly perHour: readonly number[];
  /** By how much that is multiplied on each day of the week, from Monday: 7 factors. */
  readonly perWeekday: readonly number[];
  readonly handling: Duration;
  /** Null = nobody gives up. */
  readonly patience: Duration | null;
  /** The share of them that an agent transfers to another queue, once. */
  readonly transfer: {
    readonly share: number;
    readonly queueId: string;
    readonly handling: Duration;
  } | null;
  /** The share of them in which an agent waits for the customer, and how long. */
  readonly waiting: { readonly share: number; readonly time: Duration } | null;
  /** What shares of them ask of their agents; the rest asks nothing. */
  readonly skills: readonly (Skills & { readonly share: number })[];
  /** The share of them that is from somebody who has come before; 0-1. */
  readonly returning: number;
}

export interface Span {
  readonly from: number;
  readonly until: number;
  /** IANA zone of the wall clock. */
  readonly zone: string;
}

const HOUR_MS = 3_600_000;

/** The arrivals of all streams inside the span, by time. */
export function generateArrivals(streams: readonly Stream[], span: Span, seed: number): Arrival[] {
  const hours = hoursOf(span);
  return streams
    .flatMap((stream, n) => arrivalsOf(stream, n, hours, randomFrom(seed, n + 1)))
    .sort((a, b) => a.at - b.at);
}

interface ClockHour {
  readonly from: number;
  readonly until: number;
  /** 0-23. */
  readonly hour: number;
  /** 0-6, from Monday. */
  readonly weekday: number;
}

/** The hours of the wall clock inside the span. */
function hoursOf({ from, until, zone }: Span): ClockHour[] {
  const hours: ClockHour[] = [];
  let at = from;
  while (at < until) {
    const clock = DateTime.fromMillis(at, { zone });
    // In absolute time, so that an hour that the clock skips or repeats is counted as the people live it.
    const next = Math.min(
      until,
      at + HOUR_MS - ((clock.minute * 60 + clock.second) * 1_000 + clock.millisecond),
    );
    hours.push({ from: at, until: next, hour: clock.hour, weekday: clock.weekday - 1 });
    at = next;
  }
  return hours;
}

function arrivalsOf(
  stream: Stream,
  no: number,
  hours: readonly ClockHour[],
  random: Random,
): Arrival[] {
  const customers = new Customers(no, stream.returning);
  const arrivals: Arrival[] = [];
  for (const { from, until, hour, weekday } of hours) {
    const perHour = (stream.perHour[hour] ?? 0) * (stream.perWeekday[weekday] ?? 1);
    if (perHour <= 0) continue;
    const between = { kind: 'exponential', meanMs: HOUR_MS / perHour } as const;
    for (let at = from + draw(between, random); at < until; at += draw(between, random))
      arrivals.push(arrivalAt(stream, Math.round(at), customers, random));
  }
  return arrivals;
}

function arrivalAt(stream: Stream, at: number, customers: Customers, random: Random): Arrival {
  const { queueId, kind, priority, handling, patience, transfer, waiting } = stream;
  const handlingMs = draw(handling, random);
  const patienceMs = patience && draw(patience, random);
  const transferred =
    transfer && random() < transfer.share
      ? [
          {
            queueId: transfer.queueId,
            handlingMs: draw(transfer.handling, random),
            waitingMs: 0,
          },
        ]
      : [];
  // What is new is drawn last, and only where it is asked for: a stream without it stays the same under its seed.
  const waitingMs = waiting && random() < waiting.share ? draw(waiting.time, random) : 0;
  const legs: Leg[] = [{ queueId, handlingMs, waitingMs }, ...transferred];
  const skills = skillsFrom(stream.skills, random);
  return { at, kind, priority, patienceMs, skills, customer: customers.next(random), legs };
}

const NO_SKILLS: Skills = { required: [], preferred: [] };

function skillsFrom(wanted: Stream['skills'], random: Random): Skills {
  if (wanted.length === 0) return NO_SKILLS;
  let left = random();
  for (const { share, required, preferred } of wanted) {
    left -= share;
    if (left < 0) return { required, preferred };
  }
  return NO_SKILLS;
}

/** Those of one stream. Whoever comes back may be any of them that came before. */
class Customers {
  private count = 0;

  constructor(
    private readonly stream: number,
    private readonly returning: number,
  ) {}

  next(random: Random): string | null {
    if (this.returning === 0) return null;
    const comesBack = this.count > 0 && random() < this.returning;
    const no = comesBack ? Math.floor(random() * this.count) : this.count++;
    return `${this.stream}/${no}`;
  }
}
