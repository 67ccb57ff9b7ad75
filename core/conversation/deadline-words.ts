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
};
