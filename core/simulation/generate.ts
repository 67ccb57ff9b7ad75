/** Makes up arrivals: random by the hour of the day, each stream with its own handling times and patience. */
import { DateTime } from 'luxon';
import { draw, type Duration } from './durations';
import type { Arrival, Leg } from './model';
import { randomFrom, type Random } from '../random';

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
    .flatMap((stream, n) => arrivalsOf(stream, hours, randomFrom(seed, n + 1)))
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

function arrivalsOf(stream: Stream, hours: readonly ClockHour[], random: Random): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const { from, until, hour, weekday } of hours) {
    const perHour = (stream.perHour[hour] ?? 0) * (stream.perWeekday[weekday] ?? 1);
    if (perHour <= 0) continue;
    const between = { kind: 'exponential', meanMs: HOUR_MS / perHour } as const;
    for (let at = from + draw(between, random); at < until; at += draw(between, random))
      arrivals.push(arrivalAt(stream, Math.round(at), random));
  }
  return arrivals;
}

function arrivalAt(stream: Stream, at: number, random: Random): Arrival {
  const { queueId, kind, priority, handling, patience, transfer } = stream;
  const legs: Leg[] = [{ queueId, handlingMs: draw(handling, random) }];
  const patienceMs = patience && draw(patience, random);
  if (transfer && random() < transfer.share)
    legs.push({ queueId: transfer.queueId, handlingMs: draw(transfer.handling, random) });
  return { at, kind, priority, patienceMs, legs };
}
