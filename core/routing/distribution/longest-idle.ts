import { by, byId, inOrder } from './order';
import type { Distribution } from './distribution';

/** Who has held nothing for the longest time first; then those who hold something, by their last assignment, the oldest first. */
export const longestIdle: Distribution = inOrder(
  by((c) => (c.idleSince === null ? 1 : 0)),
  by((c) => c.idleSince ?? c.lastAssignedAt ?? 0),
  byId,
);
