import type { ErrorCode } from '../errors';
import type { Candidate } from './candidate';
import { eligibilityOf } from './eligibility/eligibility';
import type { Rule } from './rank';

/**
 * Why an agent may not take a conversation from the line, or null. Where the product hands out, or all is manual, whoever
 * takes one by an own act may exceed the capacity; where agents pull by the queue's rule, they may not.
 */
export function pullRefusal(candidate: Candidate, rule: Rule): ErrorCode | null {
  const mode = eligibilityOf(rule.eligibility);
  if (!mode.pulled && rule.distribution !== 'ring-all') return null;
  if (mode.against(candidate, rule) !== null) return 'QUEUE_LIMIT';
  const { usedUnits, units, maxUnits } = candidate;
  return usedUnits + units > maxUnits ? 'NO_CAPACITY' : null;
}
