import type { Hop } from '../routing/ladder';
import type { ConversationState, DeadlineName } from './types';

/** What comes when a deadline passes, as operators read it on a timer and in an explanation. */
const WORDS: Readonly<Record<DeadlineName, string>> = {
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

/** The same of each step of a ladder. */
const STEPS: Readonly<Record<Hop['do'], string>> = {
  overflow: 'goes on to another queue, having waited long',
  widen: 'goes also to agents without the skills, having waited long',
  notify: 'the supervisors are told that it waits long',
  text: 'the customer is told that it takes longer',
  close: 'closes, having waited too long',
};

/** A few words on what comes when this deadline of the conversation passes. */
export function deadlineInWords(
  name: DeadlineName,
  { policy, place }: Pick<ConversationState, 'policy' | 'place'>,
): string {
  const hop = name === 'ladder' ? policy.ladder[place.ladderStep] : undefined;
  return hop ? STEPS[hop.do] : WORDS[name];
}
