import type { EligibilityMode } from './mode';

/** One of this queue at a time; other queues and calls are ignored. */
export const interaction: EligibilityMode = {
  against: ({ heldHere }) => (heldHere > 0 ? 'has work of this queue' : null),
};
