/** Who may get a conversation. One rule after the other, so that the receipt can say which one passed an agent over. */
import type { Candidate, PassedOver } from '../candidate';
import { capacity } from './capacity';
import { incall } from './incall';
import { interaction } from './interaction';
import type { EligibilityMode, Limits } from './mode';
import { nocall } from './nocall';
import { nopause } from './nopause';
import { omni } from './omni';
import { ringall } from './ringall';
import { ringallmultiple } from './ringallmultiple';

export const ELIGIBILITIES = [
  'capacity',
  'incall',
  'nocall',
  'interaction',
  'ringall',
  'ringallmultiple',
  'nopause',
  'omni',
] as const;
export type EligibilityName = (typeof ELIGIBILITIES)[number];

const MODES: Readonly<Record<EligibilityName, EligibilityMode>> = {
  capacity,
  incall,
  nocall,
  interaction,
  ringall,
  ringallmultiple,
  nopause,
  omni,
};

/** The mode of this name. */
export const eligibilityOf = (name: EligibilityName): EligibilityMode => MODES[name];

/** Why an agent is passed over, or null where the agent may get it. */
export function passedOver(c: Candidate, mode: EligibilityMode, limits: Limits): PassedOver | null {
  if (!c.loggedIn || c.state === 'logged_off') return 'not logged in';
  if (c.state === 'paused') return 'paused';
  if (!c.member) return 'not a member';
  if (!c.servesKind) return 'channel kind';
  if (!c.skilled) return 'lacks a skill';
  if (c.keptForOther) return 'kept for another';
  if (c.excluded) return 'excluded this round';
  if (c.inConversation && !mode.besideInCall) return 'in conversation';
  const against = mode.against(c, limits);
  if (against) return against;
  if (c.mostOfKind !== null && c.heldOfKind >= c.mostOfKind) return 'limit of the kind';
  return c.usedUnits + c.units > c.maxUnits ? 'no free capacity' : null;
}
