/** What is simulated: arrivals, and the queues and agents of one policy. Instants and durations in milliseconds. */
import type { UnitOverrides } from '../capacity/units';
import type { Calendar } from '../hours/calendar';
import type { QueueSettings } from '../routing/policy';
import type { Skills } from '../routing/skills';
import type { Duration } from './durations';

/** One stay in a queue: the first, and one more for each transfer by an agent. */
export interface Leg {
  readonly queueId: string;
  /** From the assignment until the agent is done, or transfers it, without the time of waiting. */
  readonly handlingMs: number;
  /** How long it waits for its customer in the middle of that. */
  readonly waitingMs: number;
}

export interface Arrival {
  readonly at: number;
  /** Of its channel. */
  readonly kind: string;
  /** 0-10. */
  readonly priority: number;
  /** After how long in line the customer gives up; null = never. */
  readonly patienceMs: number | null;
  /** What it asks of its agents. */
  readonly skills: Skills;
  /** The same for the same customer; null where that is not known, or nobody comes back. */
  readonly customer: string | null;
  /** At least one. */
  readonly legs: readonly Leg[];
}

/** How agents treat what they are offered, or what they must take by themselves. */
export interface Manners {
  /** Share of offers that is accepted. */
  readonly accept: number;
  /** Share that is rejected; what remains is not answered. */
  readonly reject: number;
  /** How long an agent takes to accept, to reject, or to take one from a line of manual delivery. */
  readonly answer: Duration;
  /** How long agents stay away whom missed offers have paused. */
  readonly pausedMs: number;
}

/** What the world does whatever the policy is: both policies of a comparison get the very same. */
export interface Demand {
  readonly from: number;
  /** Utilisation is measured up to here; whoever is in line then is still served. */
  readonly until: number;
  /** By time. */
  readonly arrivals: readonly Arrival[];
  readonly manners: Manners;
}

export interface SimulatedQueue {
  readonly id: string;
  readonly name: string;
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly eligibility: string;
  readonly distribution: string;
  readonly weight: number;
  readonly settings: QueueSettings;
  /** When it is open; null = always. */
  readonly hours: Calendar | null;
  /** Within which an answer counts as in time. */
  readonly targetMs: number;
}

export interface Shift {
  readonly from: number;
  readonly to: number;
}

export interface Membership {
  readonly queueId: string;
  readonly penalty: number;
  readonly position: number;
}

export interface SimulatedAgent {
  readonly id: string;
  /** Channel kinds that this agent answers; empty means every kind. */
  readonly kinds: readonly string[];
  readonly maxUnits: number;
  readonly unitOverrides: UnitOverrides;
  /** Conversations at a time by kind, where there is a limit beside capacity. */
  readonly mostOfKinds: Readonly<Partial<Record<string, number>>>;
  readonly skills: readonly string[];
  readonly memberships: readonly Membership[];
  /** By time, without overlap; null = always there. */
  readonly shifts: readonly Shift[] | null;
}

/** Who works how: what a simulation compares. */
export interface Staffing {
  readonly queues: readonly SimulatedQueue[];
  readonly agents: readonly SimulatedAgent[];
}
