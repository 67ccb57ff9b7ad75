/** Arrivals as they were recorded, with what a record cannot say filled in from the others. */
import { draw } from './durations';
import type { Arrival } from './model';
import { randomFrom, type Random } from '../random';
import type { Skills } from '../routing/skills';

export interface RecordedConversation {
  /** When it was created. */
  readonly at: number;
  /** The queue to which it came first. */
  readonly queueId: string;
  readonly kind: string;
  readonly priority: number;
  /** From its creation to its first agent; null where none had it. */
  readonly waitedMs: number | null;
  /** Its agents' time, without the time in which they waited for the customer; null where it is not known. */
  readonly handlingMs: number | null;
  /** That time. */
  readonly waitingMs: number;
  readonly skills: Skills;
  /** The same for the same customer; null where they came once, or it is not known. */
  readonly customer: string | null;
  /** After how long the customer gave up; null where they did not. */
  readonly gaveUpMs: number | null;
}

/** For a record without a single known handling time. */
const UNKNOWN_HANDLING_MS = 300_000;

/**
 * Fills in handling times (one of the same queue and kind, else of the same kind, drawn by the seed) and patience. Who
 * gave up has the patience that was seen. Of the others only the least is known, their wait; the rest is exponential
 * with the mean of the kind: all its waiting time, by the number of those who gave up (the estimate of largest
 * likelihood where records end early). Of a kind of which nobody gave up, nobody does.
 */
export function arrivalsFrom(recorded: readonly RecordedConversation[], seed: number): Arrival[] {
  const handling = new Map<string, number[]>();
  const patience = new Map<string, { waitedMs: number; gaveUp: number }>();
  for (const { kind, queueId, handlingMs, waitedMs, gaveUpMs } of recorded) {
    if (handlingMs !== null) {
      for (const key of keysOf(kind, queueId)) entry(handling, key, () => []).push(handlingMs);
    }
    const seen = entry(patience, kind, () => ({ waitedMs: 0, gaveUp: 0 }));
    seen.waitedMs += gaveUpMs ?? waitedMs ?? 0;
    if (gaveUpMs !== null) seen.gaveUp++;
  }
  return recorded
    .map((one, no): Arrival => {
      const random = randomFrom(seed, no);
      const handlingMs = one.handlingMs ?? anyOf(keysOf(one.kind, one.queueId), handling, random);
      const { waitedMs, gaveUp } = patience.get(one.kind) ?? { waitedMs: 0, gaveUp: 0 };
      const more = { kind: 'exponential', meanMs: waitedMs / gaveUp } as const;
      const drawn = gaveUp === 0 ? null : (one.waitedMs ?? 0) + draw(more, random);
      const { at, kind, priority, queueId, skills, customer, waitingMs } = one;
      const legs = [{ queueId, handlingMs, waitingMs }];
      return { at, kind, priority, patienceMs: one.gaveUpMs ?? drawn, skills, customer, legs };
    })
    .sort((a, b) => a.at - b.at);
}

/** Where to look for others like it, the most alike first. */
const keysOf = (kind: string, queueId: string): string[] => [`${kind} ${queueId}`, kind, ''];

function anyOf(keys: string[], known: Map<string, number[]>, random: Random): number {
  const some = keys.map((key) => known.get(key)).find((found) => found !== undefined) ?? [];
  return some[Math.floor(random() * some.length)] ?? UNKNOWN_HANDLING_MS;
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
