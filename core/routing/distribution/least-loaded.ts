import { workload } from '../../capacity/units';
import { by, byId, inOrder } from './order';
import type { Distribution } from './distribution';

/** The lowest workload in percent first; among equals who has waited longest for work, those who never had any before all. */
export const leastLoaded: Distribution = inOrder(
  by((c) => workload(c.usedUnits, c.maxUnits)),
  by((c) => c.lastAssignedAt ?? 0),
  byId,
);
