import { by, byId, inOrder } from './order';
import type { Distribution } from './distribution';

/** Whose last offer or assignment lies furthest back first, answered or not; who never had one before all. */
export const leastRecentlyNotified: Distribution = inOrder(
  by((c) => c.notifiedAt ?? 0),
  byId,
);
