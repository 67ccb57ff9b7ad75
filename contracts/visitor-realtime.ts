/**
 * What goes over the Socket.IO namespace `/visitor`, which a website's widget connects to with its visitor token.
 * The socket follows the visitor's conversation, and the next one when it begins. Events may be lost with the
 * connection: whoever reconnects says what it holds, and a change whose `fromRev` lies above that is a gap.
 */
import { z } from 'zod';
import type { Ack } from './realtime';
import { messageText } from './message-text';
import { uuid } from './shapes';
import type { VisitorChanges } from './visitor';

export const VISITOR_NAMESPACE = '/visitor';

/** What the client holds: nothing, or a conversation at a rev. */
export const visitorHolds = z.union([
  z.strictObject({ conversationId: z.null() }),
  z.strictObject({ conversationId: uuid, rev: z.int().min(0) }),
]);
export type VisitorHolds = z.infer<typeof visitorHolds>;

export const visitorTyping = z.strictObject({
  typing: z.boolean(),
  /** What stands in the field, for the agent's eyes only. Stored nowhere. */
  text: messageText(2000).optional(),
});

/** What the server tells. */
export interface VisitorServerEvents {
  /** Status, marks and messages. A conversation that the client does not hold begins with `fromRev` 0. */
  'conversation.changed': (changes: VisitorChanges) => void;
  /** Over after 10 s without news. */
  'agent.typing': (news: { readonly conversationId: string; readonly typing: boolean }) => void;
}

/** What a client sends. Payloads are checked against the schemas above. */
export interface VisitorClientEvents {
  /**
   * After connecting, and after a message that began a conversation. The answer names the conversation that is
   * followed; what the client lacks of it is told.
   */
  follow: (
    holds: VisitorHolds,
    answer: (ack: Ack<{ readonly conversationId: string | null }>) => void,
  ) => void;
  typing: (news: z.infer<typeof visitorTyping>, answer?: (ack: Ack) => void) => void;
}
