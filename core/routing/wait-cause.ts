/** What a wait in line is put down to. */
import type { PassedOver } from './candidate';
import type { Ranked } from './rank';

export const WAIT_CAUSES = ['closed', 'nobody in', 'all full', 'offer ignored'] as const;
export type WaitCause = (typeof WAIT_CAUSES)[number];

/** What keeps it in line at one moment: also what no record of the past tells. */
export const CAUSES_NOW = [...WAIT_CAUSES, 'skill missing', 'kept'] as const;
export type CauseNow = (typeof CAUSES_NOW)[number];

/** What is said of those who are not there for this conversation, however little they have to do. */
const NOBODY_IN: readonly (PassedOver | null)[] = [
  'not logged in',
  'paused',
  'not a member',
  'channel kind',
];

/** What keeps a conversation in line now, by what speaks against those who could have got it. */
export function waitCauseNow(open: boolean, ranked: readonly Ranked[]): CauseNow {
  if (!open) return 'closed';
  const reasons = new Set(ranked.map(({ passedOver }) => passedOver));
  if (reasons.has('excluded this round')) return 'offer ignored';
  const there = [...reasons].filter((reason) => !NOBODY_IN.includes(reason));
  if (there.length === 0) return 'nobody in';
  if (reasons.has('kept for another')) return 'kept';
  return there.every((reason) => reason === 'lacks a skill') ? 'skill missing' : 'all full';
}
