/** An agent as a conversation in line sees them: all that eligibility and distribution go by. */
export interface Candidate {
  readonly agentId: string;
  readonly loggedIn: boolean;
  readonly state: 'logged_off' | 'available' | 'paused';
  /** Holds a conversation of an `incall` queue, so is there for nobody else. */
  readonly inConversation: boolean;
  readonly onCall: boolean;
  readonly member: boolean;
  /** Place among the members of the queue, the lowest first. */
  readonly position: number;
  /** 0-100; the higher, the less often `weighted-random` draws the agent. */
  readonly penalty: number;
  readonly servesKind: boolean;
  /** Has all skills that nobody may lack now. */
  readonly skilled: boolean;
  /** How many of the skills that are only wished for the agent has. */
  readonly wishedSkills: number;
  /** This customer's agent of the last time. */
  readonly known: boolean;
  /** It is kept for another agent just now. */
  readonly keptForOther: boolean;
  readonly excluded: boolean;
  readonly usedUnits: number;
  readonly maxUnits: number;
  /** What this conversation would cost this agent. */
  readonly units: number;
  /** Conversations that the agent holds or is offered, open or waiting: all of them, of this queue, of this kind. */
  readonly held: number;
  readonly heldHere: number;
  readonly heldOfKind: number;
  /** Of this kind at most so many at a time; null means no limit but capacity. */
  readonly mostOfKind: number | null;
  /** Instants in milliseconds; null where it never happened. The last assignment, from whatever queue. */
  readonly lastAssignedAt: number | null;
  /** The last work that came from this queue. */
  readonly servedAt: number | null;
  /** The last offer or assignment, answered or not. */
  readonly notifiedAt: number | null;
  /** Since when the agent holds nothing; null while something is held. */
  readonly idleSince: number | null;
  /** Conversations that the agent got today, by the queue's clock. Counted only where the distribution goes by it, else 0. */
  readonly handledToday: number;
}

/** What may speak against an agent. */
export type PassedOver =
  | 'not logged in'
  | 'paused'
  | 'in conversation'
  | 'not a member'
  | 'channel kind'
  | 'lacks a skill'
  | 'kept for another'
  | 'excluded this round'
  | 'on a call'
  | 'has other work'
  | 'has work of this queue'
  | 'limit of the queue'
  | 'limit of the kind'
  | 'no free capacity';
