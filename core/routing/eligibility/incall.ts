import type { EligibilityMode } from './mode';

/**
 * One at a time and nothing beside it: no other conversation, not on a call. While the agent holds one of this queue the
 * agent counts as paused for all other queues.
 */
export const incall: EligibilityMode = {
  against({ held, onCall }) {
    if (onCall) return 'on a call';
    return held > 0 ? 'has other work' : null;
  },
  occupies: true,
};
