import type { Candidate, PassedOver } from '../candidate';

/** What a queue's settings say to its mode. */
export interface Limits {
  /** Conversations of this queue that an agent may hold at a time; null means no limit but capacity. */
  readonly maxPerAgent: number | null;
}

/** A mode of eligibility: what it asks of an agent beside the rules that hold for all modes. */
export interface EligibilityMode {
  /** What speaks against the agent; null where nothing does. */
  readonly against: (candidate: Candidate, limits: Limits) => PassedOver | null;
  /** True where agents pull by themselves, and nothing is handed out. */
  readonly pulled?: true;
  /** True where an agent who holds a conversation of an `incall` queue may get one, too. */
  readonly besideInCall?: true;
  /** True where an agent who holds a conversation of this queue is there for nobody else. */
  readonly occupies?: true;
  /** Whom all others come after, however they are distributed. */
  readonly first?: (candidate: Candidate) => boolean;
}
