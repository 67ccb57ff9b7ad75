import type { EligibilityMode } from './mode';

/** Whoever has room, also who is there for nobody else because of an `incall` conversation. Calls are ignored. */
export const nopause: EligibilityMode = { against: () => null, besideInCall: true };
