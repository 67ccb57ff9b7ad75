import type { EligibilityMode } from './mode';

/** Agents pull from the line, each one of this queue at a time. */
export const ringall: EligibilityMode = {
  against: ({ heldHere }) => (heldHere > 0 ? 'has work of this queue' : null),
  pulled: true,
};
