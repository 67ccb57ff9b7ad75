import { z } from 'zod';
import { endpoint } from '../endpoint';
import { foreignId, messageText } from '../message-text';
import { emailAddress, instant, line, telephone, uuid } from '../shapes';
import { visitorConversationShape, visitorFileShape, visitorMessageShape } from '../visitor';
import { widgetShape } from '../widget';
import { staffing } from './visitor-place';

/** What every call of a visitor may be refused with. */
const REFUSALS = ['UNAUTHENTICATED', 'ORIGIN_REFUSED', 'CHANNEL_DISABLED', 'NOT_FOUND'] as const;
const tag = 'visitor';
const access = 'visitor' as const;

const ofConversation = z.strictObject({ conversationId: uuid });
const seq = z.int().min(0).max(2_147_483_647);

const outcome = z.object({
  conversationId: uuid,
  number: z.int(),
  outcome: z.literal('applied').nullable().meta({ description: 'Null while it is undecided.' }),
});

export const startVisitorSession = endpoint({
  id: 'startVisitorSession',
  method: 'post',
  path: '/visitor/channels/{channelId}/sessions',
  tag,
  summary: 'Begin a visitor’s session on a live-chat channel, or take up an earlier one',
  description:
    'Asked by the page of an allowed website: the header Origin is compared. A token that is not ours any more is ' +
    'replaced by a new one. Name, addresses and answers are what the visitor says; nobody is recognised by them. ' +
    'A user whom the website has signed in and signed for is the same visitor on every device.',
  params: z.strictObject({ channelId: uuid }),
  body: z.strictObject({
    token: z.string().max(1000).optional(),
    name: line(200).optional(),
    email: emailAddress.optional(),
    phone: telephone.optional(),
    answers: z
      .record(z.string().max(40), line(500))
      .optional()
      .meta({ description: 'To the channel’s own questions, by key; of a select the `value`.' }),
    language: z
      .array(z.string().max(35))
      .max(10)
      .optional()
      .meta({ description: 'Tags, the most wanted first. The visitor is spoken to in the best.' }),
    user: z
      .strictObject({ id: foreignId(200), signature: z.string().max(128) })
      .optional()
      .meta({
        description:
          'The website’s own id of its signed-in user, and HMAC-SHA-256 over it in hexadecimal, keyed by the ' +
          'channel’s signing secret.',
      }),
    signedOut: z
      .boolean()
      .optional()
      .meta({ description: 'True where nobody is signed in: a user’s token is not taken up.' }),
  }),
  response: z.object({
    token: z.string(),
    expiresAt: instant,
    resumed: z.boolean(),
    channel: z.object({
      id: uuid,
      name: z.string(),
      welcome: z.string().nullable(),
      maxFileBytes: z.int(),
      ...staffing,
      widget: widgetShape,
    }),
    conversation: visitorConversationShape.nullable(),
  }),
  status: 201,
  otherStatuses: [200],
  errors: ['ORIGIN_REFUSED', 'CHANNEL_DISABLED', 'NOT_FOUND', 'RATE_LIMITED', 'SIGNATURE_INVALID'],
  access: 'public',
  // A session that nobody uses leaves no trace, so a repeat is harmless.
  idempotent: true,
});

export const sendVisitorMessage = endpoint({
  id: 'sendVisitorMessage',
  method: 'post',
  path: '/visitor/messages',
  tag,
  summary: 'Write a message',
  description:
    'Repeat it with the same id until it is answered. During a survey it must say whether it answers the survey ' +
    '(`10` or `10 - thank you`) or begins a new conversation.',
  body: z
    .strictObject({
      id: foreignId(64).meta({
        description: 'Made up by the browser: the same id is the same message.',
      }),
      text: messageText(4000).default(''),
      fileIds: z.array(uuid).max(5).default([]),
      during: z.enum(['answer', 'new']).optional(),
    })
    .refine((message) => message.text.trim() !== '' || message.fileIds.length > 0, {
      message: 'must hold a text or a file',
      path: ['text'],
    }),
  response: z.object({
    messageId: uuid,
    conversationId: uuid,
    seq: z.int(),
    duplicate: z.boolean(),
    created: z.boolean().meta({ description: 'True where it began a conversation.' }),
  }),
  status: 201,
  otherStatuses: [200],
  errors: [...REFUSALS, 'CONVERSATION_IN_SURVEY', 'RATE_LIMITED'],
  access,
});

export const getVisitorConversation = endpoint({
  id: 'getVisitorConversation',
  method: 'get',
  path: '/visitor/conversation',
  tag,
  summary: 'The conversation that goes on, or the last one, with its newest messages',
  response: z.object({
    conversation: visitorConversationShape.nullable(),
    messages: z.array(visitorMessageShape).readonly(),
  }),
  errors: REFUSALS,
  access,
});

export const listVisitorHistory = endpoint({
  id: 'listVisitorHistory',
  method: 'get',
  path: '/visitor/history',
  tag,
  summary: 'Closed conversations, the newest first, eight a page',
  query: z.strictObject({
    before: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: '`next` of the page before.' }),
  }),
  response: z.object({
    items: z.array(visitorConversationShape).readonly(),
    next: z.int().nullable(),
  }),
  errors: REFUSALS,
  access,
});

export const listVisitorMessages = endpoint({
  id: 'listVisitorMessages',
  method: 'get',
  path: '/visitor/messages',
  tag,
  summary: 'Messages above a sequence number, for a client that was away',
  query: z.strictObject({
    conversationId: uuid,
    afterSeq: z.coerce.number().pipe(seq).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: z.object({
    conversation: visitorConversationShape,
    messages: z.array(visitorMessageShape).readonly(),
    more: z.boolean(),
  }),
  errors: [...REFUSALS, 'SEQUENCE_GAP'],
  access,
});

export const markSeenByVisitor = endpoint({
  id: 'markSeenByVisitor',
  method: 'post',
  path: '/visitor/seen',
  tag,
  summary: 'Say up to which message the visitor has looked',
  body: ofConversation.extend({ seq }),
  errors: [...REFUSALS, 'SEQUENCE_GAP'],
  access,
});

export const endVisitorConversation = endpoint({
  id: 'endVisitorConversation',
  method: 'post',
  path: '/visitor/end',
  tag,
  summary: 'End the conversation',
  body: ofConversation,
  response: outcome,
  otherStatuses: [202],
  errors: [
    ...REFUSALS,
    'CONVERSATION_SOLVED',
    'CONVERSATION_IN_SURVEY',
    'CONVERSATION_CLOSED',
    'IDEMPOTENCY_MISMATCH',
  ],
  access,
  idempotent: true,
});

export const answerVisitorSurvey = endpoint({
  id: 'answerVisitorSurvey',
  method: 'post',
  path: '/visitor/survey',
  tag,
  summary: 'Rate the conversation, or skip that',
  body: z.union([
    ofConversation.extend({
      rating: z.int().min(1).max(10),
      comment: messageText(2000).optional(),
    }),
    ofConversation.extend({ skip: z.literal(true) }),
  ]),
  response: outcome,
  otherStatuses: [202],
  errors: [...REFUSALS, 'ILLEGAL_TRANSITION', 'CONVERSATION_CLOSED', 'IDEMPOTENCY_MISMATCH'],
  access,
  idempotent: true,
});

const link = visitorFileShape.extend({ url: z.string(), expiresAt: instant });

export const uploadVisitorFile = endpoint({
  id: 'uploadVisitorFile',
  method: 'post',
  path: '/visitor/files',
  tag,
  summary: 'Store a file, to be sent with a message',
  body: z.object({ file: z.string().meta({ format: 'binary' }) }),
  bodyType: 'multipart',
  response: visitorFileShape,
  status: 201,
  errors: [...REFUSALS, 'FILE_KIND_REFUSED', 'FILE_TOO_LARGE', 'RATE_LIMITED'],
  access,
  idempotent: true,
});

export const getVisitorFile = endpoint({
  id: 'getVisitorFile',
  method: 'get',
  path: '/visitor/files/{id}',
  tag,
  summary: 'A link that opens a file for five minutes',
  params: z.strictObject({ id: uuid }),
  response: link,
  errors: REFUSALS,
  access,
});

export const getVisitorTranscript = endpoint({
  id: 'getVisitorTranscript',
  method: 'get',
  path: '/visitor/transcript',
  tag,
  summary: 'The conversation as plain text, to keep',
  query: ofConversation,
  response: z.string(),
  responseType: 'text/plain',
  errors: REFUSALS,
  access,
});

export const visitorEndpoints = [
  startVisitorSession,
  sendVisitorMessage,
  getVisitorConversation,
  listVisitorHistory,
  listVisitorMessages,
  markSeenByVisitor,
  endVisitorConversation,
  answerVisitorSurvey,
  uploadVisitorFile,
  getVisitorFile,
  getVisitorTranscript,
];
