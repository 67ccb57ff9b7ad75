import { byId, byPosition, inOrder } from './order';
import type { Distribution } from './distribution';

/** The members in their order, from the top each time. */
export const linear: Distribution = inOrder(byPosition, byId);
