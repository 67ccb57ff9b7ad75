/** What a conversation is made of, as the rules see it: ids, states and instants, never text or names. */
import type { Hop } from '../routing/ladder';
import type { Place } from '../routing/place';

export type Status = 'open' | 'waiting' | 'solved' | 'closed';
export type Placement = 'bot' | 'queued' | 'offered' | 'assigned';
export type SurveyState = 'none' | 'running' | 'answered' | 'skipped' | 'expired' | 'ended';

/** Who gives a command. `operator` is a signal sent by hand to the workflow, without a row. */
export type GiverKind = 'customer' | 'agent' | 'supervisor' | 'system' | 'timer' | 'operator';
export interface Giver {
  readonly kind: GiverKind;
  readonly id?: string | null | undefined;
}

export const COMMANDS = [
  'assignTo',
  'setWaiting',
  'customerMessage',
  'resume',
  'transferToQueue',
  'transferToAgent',
  'release',
  'solve',
  'surveyAnswered',
  'surveySkipped',
  'surveyUnsendable',
  'close',
  'closeWaiting',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const CLAIMS = [
  'offer',
  'assign',
  'accept',
  'reject',
  'take',
  'lapse',
  'withdraw',
  'takeOver',
  'decline',
] as const;
export type ClaimName = (typeof CLAIMS)[number];

/**
 * The deadlines of a row. Most are columns; `idle`, `relax` and `urgent` follow from others: the last message, the
 * beginning of the wait, the messaging window.
 */
export const DEADLINES = [
  'offer',
  'roundEnd',
  'snooze',
  'survey',
  'confirm',
  'firstResponse',
  'idle',
  'preferred',
  'relax',
  'urgent',
  'ladder',
  'transfer',
] as const;
export type DeadlineName = (typeof DEADLINES)[number];
/** Instants in milliseconds since 1970, null where the deadline does not run. */
export type Deadlines = Record<DeadlineName, number | null>;

/** Arguments of a command. Ids, instants and the rating only; a comment stays in Postgres. */
export interface CommandArgs {
  readonly agentId?: string;
  readonly queueId?: string;
  /** Instant (ms) at which a waiting conversation resumes. */
  readonly until?: number;
  /** Number of conversation's claim that a release is about. */
  readonly claimNo?: number;
  /** Instant (ms) since which the agent is absent, or on a pause. */
  readonly absentSince?: number;
  /** Rating 1-10. */
  readonly rating?: number;
  /** A word of the catalogue of causes, for the timeline. */
  readonly cause?: string;
}

export interface Command {
  /** Place in the conversation's own sequence of commands. */
  readonly number: number;
  readonly name: CommandName;
  readonly args: CommandArgs;
  readonly giver: Giver;
  /** The last message that its giver had seen. */
  readonly afterSeq: number;
}

/** Durations in milliseconds and switches that hold for one conversation. */
export interface Policy {
  readonly version: number;
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly offerMs: number;
  readonly roundPauseMs: number;
  /** 0 switches it off. */
  readonly missedOffersToPause: number;
  readonly survey: boolean;
  readonly surveyMs: number;
  readonly confirmMs: number;
  /** How long a conversation waits for the customer unless the agent says otherwise. */
  readonly waitingMs: number;
  readonly firstResponseMs: number | null;
  readonly idleMs: number | null;
  readonly reopenMs: number;
  /** What is done for whoever waits long, in the order of time. */
  readonly ladder: readonly Hop[];
  /** After so long in line required skills count as preferred ones; null means never. */
  readonly relaxSkillsMs: number | null;
  /** How long a transfer to an agent is offered before it goes back; 0 hands it over at once. */
  readonly transferMs: number;
}

/** The stored row as far as the rules need it. */
export interface ConversationState {
  readonly id: string;
  readonly channelId: string;
  readonly channelKind: string;
  readonly customerRef: string;
  readonly chatLike: boolean;
  readonly version: number;
  readonly status: Status;
  readonly placement: Placement | null;
  readonly survey: SurveyState;
  readonly queueId: string;
  readonly ownerId: string | null;
  readonly lastAgentId: string | null;
  /** The agent to whom its agent offers it. */
  readonly transferToId: string | null;
  readonly claimNo: number;
  readonly priority: number;
  readonly place: Place;
  /** Whether it asks for skills that nobody may lack. */
  readonly needsSkills: boolean;
  readonly windowExpiresAt: number | null;
  readonly excluded: number;
  readonly superseded: boolean;
  readonly closedAt: number | null;
  readonly closedAfterSeq: number | null;
  readonly lastInSeq: number;
  readonly lastOutSeq: number;
  readonly replied: boolean;
  readonly deadlines: Deadlines;
  readonly policy: Policy;
}

/** One answer for load, for a projection that was applied and for one that came too late. */
export interface Loaded {
  readonly state: ConversationState;
  /** Commands without outcome, by number. */
  readonly commands: readonly Command[];
  /** The highest command number that exists. */
  readonly known: number;
  /** The database's now, in milliseconds. */
  readonly now: number;
}
