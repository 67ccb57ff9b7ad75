import type { EligibilityMode } from './mode';

/** Agents pull from the line, as much as they have room for. */
export const ringallmultiple: EligibilityMode = { against: () => null, pulled: true };
