/** Who among those who may get a conversation is the first to get it. */
import type { Candidate } from '../candidate';

/** All candidates in their order. `draw` gives numbers from 0 to below 1; the same draws give the same order. */
export type Distribution = (
  candidates: readonly Candidate[],
  draw: () => number,
) => readonly Candidate[];
