import type { DeadlineName } from './types';

/** What comes when a deadline passes, as operators read it on a timer and in an explanation. */
export const DEADLINE_WORDS: Readonly<Record<DeadlineName, string>> = {
  offer: 'offer expires',
  roundEnd: 'next round of offers',
  snooze: 'resumes',
  survey: 'survey expires',
  confirm: 'closes, confirmed by silence',
  firstResponse: 'released for want of a first reply',
  idle: 'closes as idle',
  preferred: 'is kept no longer for the agent whom the customer knows',
  relax: 'goes also to agents without the skills',
  urgent: 'moves up, because the time to answer runs out',
  ladder: 'next step for long waits',
  transfer: 'the transfer goes back',
};
