/** The one decision of the router: who may get a conversation, and in which order. */
import type { Candidate, PassedOver } from './candidate';
import { distributionOf, type DistributionName } from './distribution/distributions';
import { eligibilityOf, passedOver, type EligibilityName } from './eligibility/eligibility';
import type { EligibilityMode, Limits } from './eligibility/mode';
import { randomFrom } from '../random';
import type { QueueSettings } from './policy';

/** The rule of a queue, as its settings have it. */
export interface Rule extends Limits {
  readonly eligibility: EligibilityName;
  readonly distribution: DistributionName;
}

/** The rule that a queue's settings make. */
export const ruleFor = (queue: {
  readonly eligibility: EligibilityName;
  readonly distribution: DistributionName;
  readonly settings: QueueSettings;
}): Rule => ({
  eligibility: queue.eligibility,
  distribution: queue.distribution,
  maxPerAgent: queue.settings.maxPerAgent ?? null,
});

/** The seed for `rank`: the same conversation at the same claim draws the same, whoever asks. */
export const seedOf = (number: number, claimNo: number): number =>
  (number * 1_009 + claimNo) % 2 ** 31;

export interface Ranked {
  readonly candidate: Candidate;
  /** Null where the agent may get it. */
  readonly passedOver: PassedOver | null;
}

/**
 * Everybody in the order in which they would get the conversation; those who are passed over keep the place they would
 * have. `seed` is a whole number; the same one gives the same order.
 */
export function rank(candidates: readonly Candidate[], rule: Rule, seed: number): Ranked[] {
  const mode = eligibilityOf(rule.eligibility);
  const order = distributionOf(rule.distribution)(candidates, randomFrom(seed));
  const ranked = order.map((candidate) => ({
    candidate,
    passedOver: passedOver(candidate, mode, rule),
  }));
  // Stable, so that within each group the distribution's order stays.
  return ranked.sort((a, b) => groupOf(a.candidate, mode) - groupOf(b.candidate, mode));
}

/**
 * The lower, the earlier: this customer's own agent, then those with more of the skills that are wished for, then whom
 * the mode puts first.
 */
function groupOf(c: Candidate, { first }: EligibilityMode): number {
  if (c.known) return -1e6;
  return -2 * c.wishedSkills + (first && !first(c) ? 1 : 0);
}

/** True where the product gives conversations of this queue to agents, and does not leave them to be pulled. */
export function isHandedOut(rule: Rule, delivery: 'auto' | 'offer' | 'manual'): boolean {
  if (delivery === 'manual' || rule.distribution === 'ring-all') return false;
  return !eligibilityOf(rule.eligibility).pulled;
}
