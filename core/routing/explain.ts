/** Says in plain words why a conversation went where it went, or why it still waits. */
import { durationInWords } from '../duration';
import type { PassedOver } from './candidate';
import type { DistributionName } from './distribution/distributions';
import type { EligibilityName } from './eligibility/eligibility';
import { sinceInWords, type SinceVersion } from './policy-changes';
import { WAIT_CAUSES } from './wait-cause';
import type { WaitSplit } from './wait-split';

/** A decision receipt, as it is stored. */
export interface Receipt {
  readonly result: string;
  readonly agentId: string | null;
  readonly queueId: string;
  readonly policyVersion: number;
  readonly trigger: string;
  readonly rule: string;
  readonly candidates: readonly {
    readonly agentId: string;
    /** Percent. */
    readonly workload: number;
    readonly passedOver: string | null;
  }[];
  readonly waitMs: number;
  /** What keeps it waiting, in one word; null where it does not wait. */
  readonly cause: string | null;
  /** What the wait was spent on. */
  readonly waitByCause: WaitSplit;
}

/** How agents and queues are called; whoever has no name is called by the id. */
export interface Names {
  agent(id: string): string;
  queue(id: string): string;
}

const TRIGGERS: Readonly<Record<string, string>> = {
  created: 'it had just been started',
  queued: 'it had just come to the line',
  transferred: 'it had just been transferred',
  overflowed: 'it had gone on from another queue',
  'skills relaxed': 'it may be had without the skills now',
  'kept no longer': 'it was kept no longer for its agent',
  'skills changed': 'the skills that it asks for had changed',
  opened: 'the queue had opened',
  login: 'an agent had signed in',
  unpaused: 'an agent had become available again',
  'units freed': 'an agent had room again',
  given: 'an agent still had room',
  claimed: 'an agent still had room',
  offerRejected: 'an offer had been rejected',
  offerMissed: 'an offer had not been answered in time',
  offerWithdrawn: 'an offer had been taken back',
};

const AGAINST: Readonly<Record<string, string>> = {
  'not logged in': 'is not logged in',
  paused: 'is paused',
  'not a member': 'is not a member of the queue',
  'channel kind': 'does not answer this kind of channel',
  'lacks a skill': 'lacks a skill that it asks for',
  'kept for another': 'is not the agent for whom it is kept for a while',
  'excluded this round': 'rejected or missed it in this round',
  'in conversation': 'has a conversation that allows nothing beside it',
  'on a call': 'is on a call',
  'has other work': 'has another conversation',
  'has work of this queue': 'has a conversation of this queue already',
  'limit of the queue': 'has as many conversations of this queue as it allows',
  'limit of the kind': 'has as many conversations of this kind as allowed',
  'no free capacity': 'has no room for it',
};

const CAUSES: Readonly<Record<string, string>> = {
  closed: 'the queue is closed',
  'nobody in': 'nobody is there',
  'all full': 'everybody has enough to do',
  'offer ignored': 'offers were rejected or not answered',
  'skill missing': 'nobody who is there has the skills that it asks for',
  kept: 'it is kept for a while for the agent whom the customer knows',
  'left to agents': 'agents take from this line by themselves',
};

/** The same of the past. */
const CAUSED: Readonly<Record<keyof WaitSplit, string>> = {
  closed: 'the queue was closed',
  'nobody in': 'nobody was there',
  'all full': 'everybody had enough to do',
  'offer ignored': 'offers were rejected or not answered',
};

const MAY: Readonly<Record<EligibilityName, string>> = {
  capacity: 'whoever has room may get it',
  incall: 'whoever has no other conversation and no call may get it, and nothing beside it',
  nocall: 'whoever has room and not too many of this queue may get it, also during a call',
  interaction: 'whoever has room and none of this queue may get it, also during a call',
  ringall: 'agents take from the line by themselves, one at a time',
  ringallmultiple: 'agents take from the line by themselves, as many as they have room for',
  nopause: 'whoever has room may get it, whatever else they are in',
  omni: 'those without work and call may get it first, then whoever has room',
};

const GOES_FIRST: Readonly<Record<DistributionName, string>> = {
  'least-loaded': 'the least loaded goes first, then who has waited longest for work',
  'longest-idle': 'who has been without work for the longest time goes first',
  'round-robin': 'they take turns',
  'fewest-handled': 'who got the fewest today goes first',
  'least-recently-notified': 'who was not asked for the longest time goes first',
  'weighted-random': 'one is drawn, the less often the higher the penalty',
  random: 'one is drawn',
  linear: 'they come in the order of the list',
  'ring-all': 'all are rung, and the first to take it has it',
};

function ruleInWords(rule: string): string {
  const [eligibility = '', distribution = ''] = rule.split(', ');
  const may = MAY[eligibility as EligibilityName];
  const first = GOES_FIRST[distribution as DistributionName];
  return may && first ? `${may}; ${first}` : rule;
}

/**
 * Sentences, the decision first, then its reasons, then a sentence for each agent who was looked at. `since` is given
 * where the queue has another version by now.
 */
export function explainReceipt(receipt: Receipt, names: Names, since?: SinceVersion): string[] {
  const trigger = TRIGGERS[receipt.trigger] ?? `of "${receipt.trigger}"`;
  const rule = ruleInWords(receipt.rule);
  return [
    decided(receipt, names),
    `It was looked at because ${trigger}.`,
    `The rule of ${names.queue(receipt.queueId)} (version ${receipt.policyVersion} of its settings): ${rule}.`,
    ...(since ? [sinceInWords(since)] : []),
    ...(receipt.cause === null ? [] : [`It waits because ${causeInWords(receipt.cause)}.`]),
    ...(receipt.waitMs > 0 ? [`Of the wait, ${waitInWords(receipt.waitByCause)}.`] : []),
    ...receipt.candidates.map(
      (c) => `${names.agent(c.agentId)}, at ${c.workload} %, ${fate(c, receipt)}.`,
    ),
    ...(receipt.candidates.length === 0 ? ['The queue has no agents.'] : []),
  ];
}

function decided(receipt: Receipt, names: Names): string {
  const wait = receipt.waitMs > 0 ? durationInWords(receipt.waitMs) : null;
  if (receipt.result === 'pull') {
    return `Left in the line of ${names.queue(receipt.queueId)} for agents to take.`;
  }
  if (receipt.result === 'waiting') {
    const stood = wait ? `, where it had stood for ${wait}` : '';
    return `Left in the line of ${names.queue(receipt.queueId)}${stood}: no agent could get it.`;
  }
  const who = receipt.agentId === null ? 'an agent' : names.agent(receipt.agentId);
  const done = receipt.result === 'offer' ? 'Offered' : 'Given';
  return `${done} to ${who}${wait ? ` after ${wait} in line` : ''}.`;
}

function fate(candidate: Receipt['candidates'][number], receipt: Receipt): string {
  if (candidate.agentId === receipt.agentId) return 'was chosen';
  if (candidate.passedOver === null) return 'could have got it but comes later by the rule';
  return againstInWords(candidate.passedOver);
}

const againstInWords = (passedOver: string): string =>
  AGAINST[passedOver] ?? `was passed over: ${passedOver}`;

/** How an agent stands to a conversation in line, as of now. `agent` is the name, `load` percent. */
export const candidateInWords = (
  agent: string,
  load: number,
  passedOver: PassedOver | null,
): string =>
  `${agent}, at ${load} %, ${passedOver === null ? 'may get it' : againstInWords(passedOver)}.`;

/** What keeps it waiting, as the end of a sentence. */
export const causeInWords = (cause: string): string => CAUSES[cause] ?? cause;

/** What a wait was spent on, the longest first: `2 min the queue was closed, 10 s nobody was there`. */
export function waitInWords(split: WaitSplit): string {
  const parts = WAIT_CAUSES.filter((cause) => split[cause] > 0);
  return [...parts]
    .sort((a, b) => split[b] - split[a])
    .map((cause) => `${durationInWords(split[cause])} ${CAUSED[cause]}`)
    .join(', ');
}
