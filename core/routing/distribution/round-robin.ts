import type { Distribution } from './distribution';
import { byId, byPosition, inOrder } from './order';

const listed = inOrder(byPosition, byId);

/** The members in their order, beginning after the one who was the last to get work from this queue. */
export const roundRobin: Distribution = (candidates) => {
  const row = listed(candidates);
  let last = -1;
  row.forEach((candidate, at) => {
    const served = candidate.servedAt ?? -Infinity;
    if (served > (row[last]?.servedAt ?? -Infinity)) last = at;
  });
  return [...row.slice(last + 1), ...row.slice(0, last + 1)];
};
