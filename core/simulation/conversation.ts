/** One conversation on its way through the simulation. */
import { NO_PLACE, type Place } from '../routing/place';
import type { Skills } from '../routing/skills';
import type { InLine, WaitingLine } from './line';
import type { Stay } from './measure';
import type { Arrival, Leg } from './model';
import type { Desk, Held, Worker } from './workforce';

export interface Conversation extends InLine, Stay {
  readonly arrival: Arrival;
  readonly kind: number;
  readonly skills: Skills;
  state: 'queued' | 'offered' | 'assigned' | 'gone';
  /** Which of its legs, from 0. */
  legNo: number;
  leg: Leg;
  /** The queue in which the leg began, and the one in whose line it stands, or stood last. */
  entry: Desk;
  desk: Desk;
  /** Since when it waits: of a leg, whatever queues it passes. */
  since: number;
  /** As the router has it; kept while it is offered. */
  place: Place;
  orderKey: number;
  /** The line in which it stands. */
  line: WaitingLine<Conversation> | null;
  /** False in a line that agents pull from until one of them has looked. */
  isSeen: boolean;
  /** +1 with every offer and assignment, +1 with every return: what was planned for an older one is void. */
  claimNo: number;
  held: Held | null;
  heldSince: number;
  /** Numbers of the agents who are passed over in this round. */
  excluded: Set<number> | null;
  /** The last agent whom its customer spoke with, and when that ended. */
  lastWorker: Worker | null;
  endedAt: number;
}

/** One that has just come; in no line yet. @throws RangeError where the arrival has no leg */
export function newConversation(
  arrival: Arrival,
  no: number,
  kind: number,
  deskOf: (leg: Leg) => Desk,
): Conversation {
  const [leg] = arrival.legs;
  if (!leg) throw new RangeError('An arrival needs a leg.');
  const desk = deskOf(leg);
  // Written out: objects that begin with a spread become slow ones.
  return {
    arrival,
    no,
    kind,
    skills: arrival.skills,
    leg,
    desk,
    entry: desk,
    state: 'queued',
    legNo: 0,
    since: arrival.at,
    place: NO_PLACE,
    orderKey: 0,
    line: null,
    isSeen: false,
    claimNo: 0,
    held: null,
    heldSince: 0,
    excluded: null,
    lastWorker: null,
    endedAt: 0,
  };
}
