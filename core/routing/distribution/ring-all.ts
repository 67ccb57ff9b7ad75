import type { Distribution } from './distribution';
import { byId, byPosition, inOrder } from './order';

/** Nobody is the first: all who may get it are rung, and who accepts first has it. They are listed as members are. */
export const ringAll: Distribution = inOrder(byPosition, byId);
