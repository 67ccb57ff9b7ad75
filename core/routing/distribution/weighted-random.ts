import type { Distribution } from './distribution';
import { drawn } from './draw';

const NEVER_FIRST = 100;

/**
 * Drawn with the weight 101 - penalty; a penalty of 100 comes only after all others (wrandom, a penalty of 0 to 100 an
 * agent).
 */
export const weightedRandom: Distribution = (candidates, draw) => {
  const row = drawn(candidates, ({ penalty }) => NEVER_FIRST + 1 - penalty, draw);
  return [
    ...row.filter(({ penalty }) => penalty < NEVER_FIRST),
    ...row.filter(({ penalty }) => penalty >= NEVER_FIRST),
  ];
};
