import type { EligibilityMode } from './mode';

/** Whoever has room: nothing but the rules that hold for all. Calls are ignored. */
export const capacity: EligibilityMode = { against: () => null };
