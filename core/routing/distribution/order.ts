import type { Candidate } from '../candidate';

type Compare = (a: Candidate, b: Candidate) => number;

/** The lower number first. */
export const by =
  (value: (candidate: Candidate) => number): Compare =>
  (a, b) =>
    value(a) - value(b);

/** The order in which the members of a queue are listed. */
export const byPosition: Compare = by((c) => c.position);

/** Makes every order total. */
export const byId: Compare = (a, b) => (a.agentId < b.agentId ? -1 : a.agentId > b.agentId ? 1 : 0);

/** Sorts by the first comparison that tells two apart. */
export const inOrder =
  (...compare: readonly Compare[]): ((candidates: readonly Candidate[]) => Candidate[]) =>
  (candidates) =>
    [...candidates].sort((a, b) => {
      for (const each of compare) {
        const order = each(a, b);
        if (order !== 0) return order;
      }
      return 0;
    });
