/** What a conversation's timeline shows, in order. */
import type { EventShape, MessageShape } from '../../../contracts/conversation';

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: MessageShape }
  /** One event, or a run of several that is folded. */
  | { readonly kind: 'events'; readonly key: string; readonly events: readonly EventShape[] };

/**
 * Messages by their place, each with the events behind it, days apart, and a line before what is new: the first
 * customer's message after `seenSeq`. `seenSeq` null draws no such line.
 */
export function timelineOf(
  messages: readonly MessageShape[],
  events: readonly EventShape[],
  seenSeq: number | null,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  const first = messages[0]?.seq ?? 0;
  let day = '';
  let run: EventShape[] = [];
  let isNew = false;
  const end = (): void => {
    const [head] = run;
    if (head) items.push({ kind: 'events', key: `e${head.id}`, events: run });
    run = [];
  };
  const onDay = (at: string): void => {
    const date = new Date(at).toDateString();
    if (date === day) return;
    end();
    day = date;
    items.push({ kind: 'day', key: `d${at}`, at });
  };
  const behind = new Map<number, EventShape[]>();
  for (const event of events) {
    // Of what lies before the oldest message that is shown only its events are known: they come with it.
    if (event.afterSeq < first - 1) continue;
    behind.set(event.afterSeq, [...(behind.get(event.afterSeq) ?? []), event]);
  }
  const tell = (seq: number): void => {
    for (const event of behind.get(seq) ?? []) {
      onDay(event.createdAt);
      run.push(event);
    }
    behind.delete(seq);
  };
  tell(first - 1);
  tell(0);
  for (const message of messages) {
    onDay(message.createdAt);
    end();
    if (!isNew && seenSeq !== null && message.direction === 'in' && message.seq > seenSeq) {
      isNew = true;
      items.push({ kind: 'new', key: 'new' });
    }
    items.push({ kind: 'message', key: `m${message.seq}`, message });
    tell(message.seq);
  }
  for (const seq of [...behind.keys()].sort((a, b) => a - b)) tell(seq);
  end();
  return items;
}
