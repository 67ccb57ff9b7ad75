import type { EligibilityMode } from './mode';

/** First those who hold nothing and are not on a call; only if there are none, whoever has room. */
export const omni: EligibilityMode = {
  against: () => null,
  first: ({ held, onCall }) => held === 0 && !onCall,
};
