/** What a wait in line is put down to. */
import type { PassedOver } from './candidate';
import type { Ranked } from './rank';

export const WAIT_CAUSES = ['closed', 'nobody in', 'all full', 'offer ignored'] as const;
export type WaitCause = (typeof WAIT_CAUSES)[number];

/** What is said of those who are not there for this conversation, however little they have to do. */
const NOBODY_IN: readonly (PassedOver | null)[] = [
  'not logged in',
  'paused',
  'not a member',
  'channel kind',
];

/** What keeps a conversation in line now, by what speaks against those who could have got it. */
export function waitCauseNow(open: boolean, ranked: readonly Ranked[]): WaitCause {
  if (!open) return 'closed';
  const reasons = new Set(ranked.map(({ passedOver }) => passedOver));
  if (reasons.has('excluded this round')) return 'offer ignored';
  return [...reasons].every((reason) => NOBODY_IN.includes(reason)) ? 'nobody in' : 'all full';
}
