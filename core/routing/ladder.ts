/** The ladder of a queue: what is done, step by step, for whoever waits longer and longer in its line. */
import type { CustomerText } from '../customer-text';

/** Open time in line, milliseconds, from the beginning of the wait in this queue. */
interface After {
  readonly afterMs: number;
}

/**
 * `overflow`: goes to another queue and keeps its age. `widen`: required skills count as preferred ones. `notify`: the
 * supervisors are told. `text`: the customer is told. `close`: it is closed, with or without words.
 */
export type LadderStep = After &
  (
    | { readonly do: 'overflow'; readonly queueId: string }
    | { readonly do: 'widen' }
    | { readonly do: 'notify' }
    | { readonly do: 'text'; readonly text: CustomerText }
    | { readonly do: 'close'; readonly text?: CustomerText | null | undefined }
  );

/** A step as it goes through Temporal: without the words. */
export interface Hop {
  readonly afterMs: number;
  readonly do: LadderStep['do'];
  readonly queueId?: string;
}

/** The hops of a ladder, in order. */
export const hopsOf = (ladder: readonly LadderStep[]): Hop[] =>
  ladder.map((step) => ({
    afterMs: step.afterMs,
    do: step.do,
    ...(step.do === 'overflow' ? { queueId: step.queueId } : {}),
  }));

/** What a step tells the customer; null for nothing. */
export function textOf(step: LadderStep): CustomerText | null {
  if (step.do === 'text') return step.text;
  return step.do === 'close' ? (step.text ?? null) : null;
}

/** Why a conversation is closed that waited up to the last step; the timeline names it. */
export const WAITED_TOO_LONG = 'waited too long';
