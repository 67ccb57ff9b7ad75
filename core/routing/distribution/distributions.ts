import type { Distribution } from './distribution';
import { fewestHandled } from './fewest-handled';
import { leastLoaded } from './least-loaded';
import { leastRecentlyNotified } from './least-recently-notified';
import { linear } from './linear';
import { longestIdle } from './longest-idle';
import { random } from './random';
import { ringAll } from './ring-all';
import { roundRobin } from './round-robin';
import { weightedRandom } from './weighted-random';

export const DISTRIBUTIONS = [
  'least-loaded',
  'longest-idle',
  'round-robin',
  'fewest-handled',
  'least-recently-notified',
  'weighted-random',
  'random',
  'linear',
  'ring-all',
] as const;
export type DistributionName = (typeof DISTRIBUTIONS)[number];

const BY_NAME: Readonly<Record<DistributionName, Distribution>> = {
  'least-loaded': leastLoaded,
  'longest-idle': longestIdle,
  'round-robin': roundRobin,
  'fewest-handled': fewestHandled,
  'least-recently-notified': leastRecentlyNotified,
  'weighted-random': weightedRandom,
  random,
  linear,
  'ring-all': ringAll,
};

/** The distribution of this name. */
export const distributionOf = (name: DistributionName): Distribution => BY_NAME[name];
