/** How a client that holds a conversation takes over what has changed. Server tests hold it to a fresh read. */
import type { ChangesShape, ConversationShape, EventShape, MessageShape } from './conversation';

export interface Held {
  readonly conversation: ConversationShape;
  /** By sequence, without gaps from the first one held. */
  readonly messages: readonly MessageShape[];
  /** Oldest first. */
  readonly events: readonly EventShape[];
}

/**
 * The conversation after the changes, or null where they do not follow on what is held: then ask `/changes` with the
 * rev that is held, or read it afresh. Changes that are held already leave it as it is.
 */
export function applyChanges(held: Held, changes: ChangesShape): Held | null {
  const { rev } = held.conversation;
  if (changes.rev <= rev) return held;
  if (!changes.complete || changes.fromRev > rev) return null;
  const events = merged(held.events, changes.events, (event) => event.id);
  const messages = merged(held.messages, changes.messages, (message) => message.seq);
  const gone = changes.events.flatMap((event) =>
    event.kind === 'messagesMoved' ? [Number(event.data.aboveSeq)] : [],
  );
  const above = Math.min(...gone, Infinity);
  return {
    conversation: changes.conversation,
    messages: messages.filter((m) => m.direction !== 'in' || m.seq <= above),
    events,
  };
}

function merged<T>(old: readonly T[], fresh: readonly T[], key: (item: T) => number): T[] {
  const byKey = new Map(old.map((item) => [key(item), item]));
  for (const item of fresh) byKey.set(key(item), item);
  return [...byKey.values()].sort((a, b) => key(a) - key(b));
}
