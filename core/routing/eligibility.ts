/** Who may get a conversation. One rule after the other, so that the receipt can say which one passed an agent over. */
export interface Candidate {
  readonly agentId: string;
  readonly loggedIn: boolean;
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly member: boolean;
  readonly servesKind: boolean;
  readonly excluded: boolean;
  readonly usedUnits: number;
  readonly maxUnits: number;
  /** What this conversation would cost this agent. */
  readonly units: number;
  /** Instant (ms) of the last assignment, null where there was none. */
  readonly lastAssignedAt: number | null;
}

export type PassedOver =
  | 'not logged in'
  | 'paused'
  | 'not a member'
  | 'channel kind'
  | 'excluded this round'
  | 'no free capacity';

/** Why an agent is passed over by the `capacity` eligibility, or null where the agent may get it. */
export function passedOver(c: Candidate): PassedOver | null {
  if (!c.loggedIn || c.state === 'logged_off') return 'not logged in';
  if (c.state === 'paused') return 'paused';
  if (!c.member) return 'not a member';
  if (!c.servesKind) return 'channel kind';
  if (c.excluded) return 'excluded this round';
  return c.usedUnits + c.units > c.maxUnits ? 'no free capacity' : null;
}
