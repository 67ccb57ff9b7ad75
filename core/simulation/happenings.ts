/** What is planned on the virtual clock. An event that was planned for what is no longer so is void. */
import type { Conversation } from './conversation';
import type { Desk, Worker } from './workforce';

export type Happening =
  | { readonly at: number; readonly what: 'done'; readonly of: Conversation }
  /** Void in another leg, or in another queue. */
  | {
      readonly at: number;
      readonly what: 'abandon' | 'overflow' | 'pull';
      readonly of: Conversation;
      readonly legNo: number;
      readonly desk: Desk;
    }
  /** Void after another claim. */
  | {
      readonly at: number;
      readonly what: 'accept' | 'reject' | 'lapse' | 'roundEnd';
      readonly of: Conversation;
      readonly claimNo: number;
    }
  | { readonly at: number; readonly what: 'in' | 'out' | 'unpause'; readonly worker: Worker };
