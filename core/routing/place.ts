/** The place of a conversation in line: since when, in which line of its queue, and how far up the ladder. */
import { strictSkills, type Skills } from './skills';

/** Instants in milliseconds. As stored; kept while it is offered, empty when an agent has it. */
export interface Place {
  /** Age in line: it goes along to another queue. Null where it is in no line. */
  readonly queuedSince: number | null;
  /** Since when it waits in this queue. Ladder and skills go by it. */
  readonly lineSince: number | null;
  readonly front: boolean;
  /** Steps of the ladder that are done. */
  readonly ladderStep: number;
  /** Queues that it has overflowed from in this wait, so that it goes round in no circle. */
  readonly visited: readonly string[];
  /** Required skills count as preferred ones. */
  readonly relaxed: boolean;
  /** Its messaging window is about to close. */
  readonly urgent: boolean;
  /** The agent whom this customer knows, and until when it is kept for that agent. */
  readonly preferredAgentId: string | null;
  readonly preferredUntil: number | null;
  /** Since when supervisors know that it waits long. */
  readonly alertedAt: number | null;
}

/** In no line. */
export const NO_PLACE: Place = {
  queuedSince: null,
  lineSince: null,
  front: false,
  ladderStep: 0,
  visited: [],
  relaxed: false,
  urgent: false,
  preferredAgentId: null,
  preferredUntil: null,
  alertedAt: null,
};

/** How it comes into a line. */
export interface Entry {
  /** `now` for a new wait, `keep` for what comes back or flows over (`now` where it did not wait). */
  readonly age: 'now' | 'keep';
  readonly front: boolean;
  /** The queue that it leaves for this one, where it does. */
  readonly leaves: string | null;
  readonly urgent: boolean;
}

/** Its place when it comes into a line. A wait that goes on in the same queue goes on with its ladder. */
export function enter(before: Place, entry: Entry, now: number): Place {
  const keeps = entry.age === 'keep' && before.queuedSince !== null;
  const stays = keeps && entry.leaves === null;
  return {
    ...NO_PLACE,
    queuedSince: keeps ? before.queuedSince : now,
    lineSince: stays ? (before.lineSince ?? now) : now,
    front: entry.front,
    ladderStep: stays ? before.ladderStep : 0,
    visited:
      keeps && entry.leaves !== null
        ? [...before.visited, entry.leaves]
        : keeps
          ? before.visited
          : [],
    relaxed: stays && before.relaxed,
    urgent: entry.urgent,
    alertedAt: keeps ? before.alertedAt : null,
  };
}

/**
 * The line of its queue and kind that it stands in: one for each set of required skills, one for each agent for whom
 * conversations are kept, and the plain one.
 */
export function lineOf(place: Place, skills: Skills): string {
  if (place.preferredUntil !== null && place.preferredAgentId !== null) {
    return `agent:${place.preferredAgentId}`;
  }
  const needed = strictSkills(skills, place.relaxed);
  return needed.length === 0 ? '' : `skills:${[...new Set(needed)].sort().join(',')}`;
}
