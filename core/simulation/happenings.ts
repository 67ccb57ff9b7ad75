/** What is planned on the virtual clock. An event that was planned for what is no longer so is void. */
import type { Conversation } from './conversation';
import type { Desk, Worker } from './workforce';

/** Void in another leg, or in another queue. */
export interface Here {
  readonly at: number;
  readonly what: 'abandon' | 'pull';
  readonly of: Conversation;
  readonly legNo: number;
  readonly desk: Desk;
}

export type Happening =
  /** Its agent begins to wait for the customer; the customer has written again; the agent is done. */
  | { readonly at: number; readonly what: 'waits' | 'writes' | 'done'; readonly of: Conversation }
  | Here
  /** Void where nothing is due for it in line. */
  | { readonly at: number; readonly what: 'deadline'; readonly of: Conversation }
  /** Void after another claim. */
  | {
      readonly at: number;
      readonly what: 'accept' | 'reject' | 'lapse' | 'roundEnd';
      readonly of: Conversation;
      readonly claimNo: number;
    }
  | { readonly at: number; readonly what: 'in' | 'out' | 'unpause'; readonly worker: Worker }
  /** It opens or closes. */
  | { readonly at: number; readonly what: 'hours'; readonly desk: Desk };
