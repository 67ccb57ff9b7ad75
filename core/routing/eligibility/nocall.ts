import type { EligibilityMode } from './mode';

/** Calls are ignored; of this queue at most `maxPerAgent` at a time. */
export const nocall: EligibilityMode = {
  against: ({ heldHere }, { maxPerAgent }) =>
    maxPerAgent !== null && heldHere >= maxPerAgent ? 'limit of the queue' : null,
};
