import type { Candidate } from '../candidate';
import { byId, inOrder } from './order';

const listed = inOrder(byId);

/**
 * Everybody in the order of a draw without putting back, each with a chance in proportion to the weight: the order of
 * -ln(u) / weight (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006). Goes through the
 * candidates by id, so the same draws give the same order however they came.
 */
export function drawn(
  candidates: readonly Candidate[],
  weight: (candidate: Candidate) => number,
  draw: () => number,
): Candidate[] {
  return listed(candidates)
    .map((candidate) => ({ candidate, key: -Math.log(1 - draw()) / weight(candidate) }))
    .sort((a, b) => a.key - b.key)
    .map(({ candidate }) => candidate);
}
