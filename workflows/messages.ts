/** The messages that a conversation's workflow understands: what others may send, without importing the workflow. */
import type {
  CommandArgs,
  ConversationState,
  DeadlineName,
  Giver,
  Loaded,
} from '../core/conversation/types';

/** Argument of a command's signal. With a number it speaks for a stored row; without one the load makes it a row. */
export interface CommandSignal {
  readonly number?: number;
  readonly args?: CommandArgs;
  readonly giver?: Giver;
  readonly afterSeq?: number;
}

/** Argument of a claim's signal: ownership has changed in Postgres. */
export interface ClaimSignal {
  readonly claimNo: number;
}

/** Always loads: the ring that cannot be mistaken for an old one. */
export const CHECK_SIGNAL = 'check';
/** Rings a delivery workflow. */
export const DELIVER_SIGNAL = 'deliver';
/** Answers a `StateAnswer`. */
export const STATE_QUERY = 'getState';

/** Names of workflow types. */
export const CONVERSATION_WORKFLOW = 'conversation';
export const DELIVERY_WORKFLOW = 'delivery';
export const RECONCILE_WORKFLOW = 'reconcile';
export const HOURS_WORKFLOW = 'queueHours';

/** Input of a conversation's run, and what continue-as-new carries. */
export interface ConversationInput {
  readonly v: 1;
  readonly id: string;
  readonly carried?: {
    readonly loaded: Loaded;
    /** How many signals without a row have been counted. */
    readonly rowless: number;
  };
}

export interface StateAnswer {
  readonly state: ConversationState | null;
  /** Commands that wait to be decided. */
  readonly pending: number;
  readonly next: { readonly name: DeadlineName; readonly at: number } | null;
}
