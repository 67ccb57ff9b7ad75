/** One conversation on its way through the simulation. */
import type { InLine } from './line';
import type { Stay } from './measure';
import type { Arrival, Leg } from './model';
import type { Desk, Held } from './workforce';

export interface Conversation extends InLine, Stay {
  readonly arrival: Arrival;
  readonly kind: number;
  state: 'queued' | 'offered' | 'assigned' | 'gone';
  /** Which of its legs, from 0. */
  legNo: number;
  leg: Leg;
  /** The queue in which the leg began, and the one in whose line it stands, or stood last. */
  entry: Desk;
  desk: Desk;
  /** Since when it waits: of a leg, whatever queues it passes. */
  since: number;
  /** When it came to this queue's line. */
  enteredAt: number;
  orderKey: number;
  /** False in a line that agents pull from until one of them has looked. */
  isSeen: boolean;
  /** +1 with every offer and assignment, +1 with every return: what was planned for an older one is void. */
  claimNo: number;
  held: Held | null;
  heldSince: number;
  /** Numbers of the agents who are passed over in this round. */
  excluded: Set<number> | null;
  /** Queues where it has stood in this leg: it does not overflow to one of them again. */
  passed: Set<Desk> | null;
}
