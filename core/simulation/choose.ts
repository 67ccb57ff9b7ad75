/** The one place where the simulator asks the router's own rules: who may get a conversation, and who gets it first. */
import type { Candidate } from '../routing/candidate';
import { DISTRIBUTIONS } from '../routing/distribution/distributions';
import { ELIGIBILITIES, eligibilityOf, passedOver } from '../routing/eligibility/eligibility';
import type { EligibilityMode } from '../routing/eligibility/mode';
import { isHandedOut, rank, ruleFor, type Rule } from '../routing/rank';
import type { SimulatedQueue } from './model';

/** How one queue chooses. */
export interface Choice {
  readonly rule: Rule;
  readonly mode: EligibilityMode;
  /** False where agents take from the line by themselves. */
  readonly handedOut: boolean;
}

/** @throws RangeError where the queue names a rule that the router does not know */
export function choiceOf(queue: SimulatedQueue): Choice {
  const eligibility = known(ELIGIBILITIES, queue.eligibility, 'eligibility');
  const distribution = known(DISTRIBUTIONS, queue.distribution, 'distribution');
  const rule = ruleFor({ eligibility, distribution, settings: queue.settings });
  return {
    rule,
    mode: eligibilityOf(eligibility),
    handedOut: isHandedOut(rule, queue.delivery),
  };
}

function known<T extends string>(names: readonly T[], name: string, what: string): T {
  const found = names.find((each) => each === name);
  if (found !== undefined) return found;
  throw new RangeError(`There is no ${what} "${name}": it is one of ${names.join(', ')}.`);
}

/** True where nothing speaks against the agent. */
export function mayGet(candidate: Candidate, { mode, rule }: Choice): boolean {
  return passedOver(candidate, mode, rule) === null;
}

/**
 * Who gets it. Whoever may not get it cannot be chosen, but may have a say in the order: `round-robin` begins after the
 * last one served. From a line that agents pull from, anybody may be the quickest.
 */
export function chosen(
  candidates: readonly Candidate[],
  { rule, handedOut }: Choice,
  seed: number,
): Candidate | undefined {
  if (candidates.length === 1) return candidates[0];
  if (handedOut) return first(candidates, rule, seed);
  const alike = candidates.map((each) => ({ ...each, known: false, wishedSkills: 0 }));
  return first(alike, { ...rule, distribution: 'random' }, seed);
}

const first = (candidates: readonly Candidate[], rule: Rule, seed: number): Candidate | undefined =>
  rank(candidates, rule, seed).find((each) => each.passedOver === null)?.candidate;
