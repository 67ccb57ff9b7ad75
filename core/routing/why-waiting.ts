/** Says why a conversation still stands in line, as of now. */
import { causeInWords, type Names } from './explain';
import type { Ranked } from './rank';
import { waitCauseNow } from './wait-cause';

export interface Standing {
  /** Whether the product gives what stands in this line to agents. */
  readonly handedOut: boolean;
  /** Whether the queue is open. */
  readonly open: boolean;
  /** How many of its queue go first. */
  readonly ahead: number;
  /** The agents of the queue, with what speaks against each. */
  readonly ranked: readonly Ranked[];
}

/** One sentence. */
export function whyWaiting({ handedOut, open, ahead, ranked }: Standing, names: Names): string {
  if (!handedOut) return 'Agents take from this line by themselves.';
  if (!open) return `It waits because ${causeInWords('closed')}.`;
  const first = ranked.find(({ passedOver }) => passedOver === null);
  if (!first) return `It waits because ${causeInWords(waitCauseNow(open, ranked))}.`;
  const agent = names.agent(first.candidate.agentId);
  if (ahead === 0) return `${agent} may get it, so it is about to be handed out.`;
  return `${agent} may get it, after ${ahead === 1 ? 'the one' : `the ${ahead}`} before it.`;
}
