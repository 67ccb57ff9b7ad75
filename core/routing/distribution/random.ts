import type { Distribution } from './distribution';
import { drawn } from './draw';

/** Everybody with the same chance. */
export const random: Distribution = (candidates, draw) => drawn(candidates, () => 1, draw);
