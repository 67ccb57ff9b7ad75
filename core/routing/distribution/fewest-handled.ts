import { by, byId, inOrder } from './order';
import type { Distribution } from './distribution';

/** Who got the fewest conversations today first; among equals who has waited longest for work. */
export const fewestHandled: Distribution = inOrder(
  by((c) => c.handledToday),
  by((c) => c.lastAssignedAt ?? 0),
  byId,
);
