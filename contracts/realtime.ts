/**
 * What goes over the Socket.IO namespace `/agent`, which an agent's screen connects to with its session token.
 * Events may be lost with the connection: whoever reconnects subscribes again with the rev it holds, and a change
 * whose `fromRev` lies above that rev is a gap to be filled by `GET /conversations/{id}/changes`.
 */
import { z } from 'zod';
import type { ErrorCode } from '../core/errors';
import type { ChangesShape, ConversationShape } from './conversation';
import { uuid } from './shapes';

export const AGENT_NAMESPACE = '/agent';

/** The answer to a message that asks for something. */
export type Ack<T = object> =
  | ({ readonly ok: true } & T)
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

export const listRef = z.strictObject({ list: z.enum(['agent', 'queue']), id: uuid });
/** `agent`: the list of one agent. `queue`: its waiting line, and for supervisors all of it that is not closed. */
export type ListRef = z.infer<typeof listRef>;

export const conversationRef = z.strictObject({ conversationId: uuid });

export const conversationSubscription = conversationRef.extend({
  /** The rev that the client holds. */
  rev: z.int().min(0),
});

export const presenceNews = conversationRef.extend({
  state: z.enum(['viewing', 'typing', 'away']),
});

/** One row of a list that has come, changed or gone. Of two with the same conversation the highest rev holds. */
export interface ListChanged extends ListRef {
  readonly conversationId: string;
  readonly rev: number;
  /** True where it no longer stands in this list; the row is then left out. */
  readonly left: boolean;
  readonly conversation: ConversationShape | null;
}

export interface AgentChanged {
  readonly agentId: string;
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly pauseReason: string | null;
  /** Holds a conversation that allows nothing beside it. */
  readonly inConversation: boolean;
  readonly stateSince: string;
  readonly onCall: boolean;
  readonly absentSince: string | null;
  readonly usedUnits: number;
  readonly maxUnits: number;
}

/** What the server tells. */
export interface AgentServerEvents {
  'conversation.changed': (changes: ChangesShape) => void;
  /** It has gone out of your sight; nothing more comes of it. */
  'conversation.gone': (gone: { readonly conversationId: string }) => void;
  'list.changed': (change: ListChanged) => void;
  /** The list is no longer yours to watch. */
  'list.gone': (list: ListRef) => void;
  /** State and load of an agent whose list is watched. */
  'agent.changed': (change: AgentChanged) => void;
  /** Another agent looks at or types in a conversation. Typing is over after 10 s without news, looking after 60 s. */
  'agent.presence': (news: {
    readonly conversationId: string;
    readonly agentId: string;
    readonly state: 'viewing' | 'typing' | 'away';
  }) => void;
  /** `text`, what stands in the visitor's field, is for the owner only. */
  'visitor.typing': (news: {
    readonly conversationId: string;
    readonly typing: boolean;
    readonly text: string | null;
  }) => void;
}

/** What a client sends; each is answered. Payloads are checked against the schemas above. */
export interface AgentClientEvents {
  'conversation.subscribe': (
    wanted: z.infer<typeof conversationSubscription>,
    answer: (ack: Ack<{ readonly rev: number }>) => void,
  ) => void;
  'conversation.unsubscribe': (
    what: z.infer<typeof conversationRef>,
    answer: (ack: Ack) => void,
  ) => void;
  /** Read the list after the answer: everything since is told. */
  'list.subscribe': (list: ListRef, answer: (ack: Ack) => void) => void;
  'list.unsubscribe': (list: ListRef, answer: (ack: Ack) => void) => void;
  presence: (news: z.infer<typeof presenceNews>, answer?: (ack: Ack) => void) => void;
}
