/**
 * The catalogue of expected refusals. Everything that can go wrong because of what somebody asked for is here;
 * docs/errors.md lists exactly these codes, and the API maps each to its HTTP status in one place.
 */
interface ErrorEntry {
  /** HTTP status of the answer. */
  readonly status: number;
  /** What a person is told. Never holds anything that a client sent. */
  readonly message: string;
  /** True where the same request may succeed later; the API then sends Retry-After. */
  readonly retryable?: true;
}

export const ERRORS = {
  ALREADY_ASSIGNED: { status: 409, message: 'The conversation is already with this agent.' },
  ALREADY_TAKEN: { status: 409, message: 'Another agent has taken this conversation.' },
  AGENT_NOT_LOGGED_IN: { status: 409, message: 'The agent is not logged in.' },
  AGENT_UNAVAILABLE: { status: 409, message: 'You must be logged in and available to do this.' },
  CALENDAR_IN_USE: { status: 409, message: 'Queues still go by this calendar.' },
  CHANNEL_DISABLED: { status: 409, message: 'This channel is switched off.' },
  CHANNEL_CANNOT_SEND: {
    status: 409,
    message: 'This channel has no reply URL, so nothing can be sent.',
  },
  CONVERSATION_CLOSED: { status: 409, message: 'The conversation is closed.' },
  CONVERSATION_IN_SURVEY: {
    status: 409,
    message: 'Ticket status cannot be changed for live chat as the ticket is in survey mode.',
  },
  CONVERSATION_SOLVED: { status: 409, message: 'The conversation is solved.' },
  CONFLICT: {
    status: 409,
    message:
      'Something with this name or address exists already, or somebody has changed it meanwhile.',
  },
  FILE_KIND_REFUSED: {
    status: 415,
    message: 'Files of this kind are not accepted, or the file is not what its name says.',
  },
  FILE_TOO_LARGE: { status: 413, message: 'The file is larger than this channel accepts.' },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this.' },
  IDEMPOTENCY_MISMATCH: {
    status: 422,
    message: 'This idempotency key was used before with another content.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    message: 'The first request with this idempotency key is still being answered.',
    retryable: true,
  },
  ILLEGAL_TRANSITION: {
    status: 409,
    message: 'The conversation is not in a state that allows this.',
  },
  INTERNAL: { status: 500, message: 'Something went wrong on our side.', retryable: true },
  INVALID_REQUEST: { status: 400, message: 'The request does not have the expected form.' },
  LAST_ADMIN: { status: 409, message: 'There must be at least one administrator.' },
  LOGOUT_REFUSED: {
    status: 409,
    message: 'Agents may not sign out while they have conversations in these statuses.',
  },
  MALFORMED_JSON: { status: 400, message: 'The body is not valid JSON.' },
  MESSAGE_UNSEEN: {
    status: 409,
    message: 'The customer has written something that you have not seen yet.',
  },
  NO_CAPACITY: { status: 409, message: 'You have no room for another conversation.' },
  NOT_ASSIGNEE: { status: 403, message: 'Only the assigned agent may do this.' },
  NOT_FOUND: { status: 404, message: 'There is no such thing, or you may not see it.' },
  OFFER_GONE: { status: 409, message: 'The offer is no longer yours.' },
  OPEN_CONVERSATIONS: {
    status: 409,
    message: 'You still have open conversations: say whether to keep or release them.',
  },
  ORIGIN_REFUSED: { status: 403, message: 'This website is not allowed to use this channel.' },
  PAYLOAD_TOO_LARGE: { status: 413, message: 'The request is too large.' },
  QUEUE_ARCHIVED: { status: 409, message: 'The queue is archived.' },
  QUEUE_EMPTY: {
    status: 409,
    message: 'The queue has no agents, so the conversation cannot be transferred to it.',
  },
  QUEUE_LIMIT: {
    status: 409,
    message: 'You hold as many conversations of this queue as its rule allows.',
  },
  QUEUE_NEEDS_CALENDAR: {
    status: 409,
    message: 'A queue with hours of its own needs a calendar.',
  },
  QUEUE_NEEDS_HEIR: {
    status: 409,
    message: 'Name the queue that takes over the conversations and channels of this one.',
  },
  RATE_LIMITED: { status: 429, message: 'Too many requests. Slow down.', retryable: true },
  SEQUENCE_GAP: { status: 409, message: 'This number lies beyond the last one that was sent.' },
  SIGNATURE_INVALID: { status: 401, message: 'The signature is missing or wrong.' },
  SIGNATURE_REPLAYED: { status: 401, message: 'The signature is too old.' },
  SIGN_IN_FAILED: { status: 401, message: 'The e-mail address or the password is wrong.' },
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  UNAVAILABLE: { status: 503, message: 'The service is not ready. Try again.', retryable: true },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'The body must be JSON.' },
  WINDOW_CLOSED: {
    status: 409,
    message: 'The messaging window of this channel is closed until the customer writes again.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** True where `code` is in the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** An expected refusal. Its details reach the caller, so they hold ids, numbers and field names only. */
export class AppError extends Error {
  readonly status: number;
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(ERRORS[code].message);
    this.name = 'AppError';
    this.status = ERRORS[code].status;
    this.retryable = 'retryable' in ERRORS[code];
  }
}
