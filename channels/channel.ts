/** The port: what a medium must be able to do. One folder a medium; nobody but registry.ts and inbound.ts knows them. */

/** A request as it came in, before anybody has trusted it. */
export interface RawRequest {
  /** Which of the channel's addresses was called: `receive`, `status`, `messages`. */
  readonly endpoint: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The very bytes: a signature is over them, not over what they mean. */
  readonly body: Buffer;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** One account of a medium, as it is set up. */
export interface ChannelAccount {
  readonly id: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opened credentials, the newest first; more than one while they are changed. */
  readonly secrets: readonly string[];
}

/** A file that travelled inside the message. Nobody has looked at it yet. */
export interface CarriedFile {
  readonly name: string;
  readonly mime?: string | undefined;
  readonly bytes: Buffer;
}

export interface InboundMessage {
  readonly kind: 'message';
  /** The same id is the same message, however often it comes. Unique within the channel. */
  readonly externalId: string;
  readonly from: {
    /** The customer, as this channel knows them. */
    readonly externalId: string;
    readonly name?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    /** A tag, where the channel knows it. */
    readonly language?: string | undefined;
  };
  readonly text: string;
  readonly files: readonly CarriedFile[];
  /** Ids of files that the customer stored before. */
  readonly fileIds: readonly string[];
  /** The medium's time in milliseconds, where it has one. */
  readonly sentAt?: number | undefined;
  /** What a live-chat message during a survey means. */
  readonly during?: 'answer' | 'new' | undefined;
}

/** How far a message of ours has come, as the medium reports it. */
export type ReportedState = 'delivered' | 'read' | 'failed';

export interface InboundState {
  readonly kind: 'state';
  /** Our own id of the message. */
  readonly messageId: string;
  readonly state: ReportedState;
}

export type ParsedInbound = InboundMessage | InboundState;

/** A message on its way out. */
export interface Outbound {
  /** The same on every attempt: the receiver's idempotency key. */
  readonly messageId: string;
  readonly conversationId: string;
  /** The customer, as this channel knows them. */
  readonly to: string;
  readonly text: string;
  readonly files: readonly {
    readonly name: string;
    readonly mime: string;
    readonly size: number;
    /** Opens the file for a while, without signing in. */
    readonly url: string;
  }[];
  /** When it was written, in milliseconds. */
  readonly writtenAt: number;
}

/** What became of one attempt. */
export type SendResult =
  | { readonly kind: 'sent'; readonly externalId?: string | undefined }
  /** No further attempt can help. `code` is a short word for people and metrics, never a body. */
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'retry'; readonly code: string; readonly afterMs?: number | undefined }
  /** It may have arrived, and a repeat might arrive twice. */
  | { readonly kind: 'unknown'; readonly code: string };

/** How a channel reaches the world; given in, so that nothing in a channel reads a clock or opens a socket by itself. */
export interface SendIo {
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Capabilities {
  /** True where the receiver recognises a repeated message id, so that an attempt of unknown outcome may be repeated. */
  readonly idempotentSend: boolean;
  /** Largest file in bytes, unless the channel's settings say otherwise. */
  readonly maxFileBytes: number;
}

export interface Channel {
  readonly kind: string;
  readonly capabilities: Capabilities;
  /**
   * Verifies the raw request, then reads it. Order is kept.
   * @throws AppError SIGNATURE_INVALID, SIGNATURE_REPLAYED, UNAUTHENTICATED, ORIGIN_REFUSED, MALFORMED_JSON,
   *   INVALID_REQUEST, NOT_FOUND (no such address)
   */
  parse(request: RawRequest, account: ChannelAccount): ParsedInbound[];
  /** One attempt. Never throws for what the other side does. Null where a committed message is a delivered one. */
  readonly send:
    ((message: Outbound, account: ChannelAccount, io: SendIo) => Promise<SendResult>) | null;
}
