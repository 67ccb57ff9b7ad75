import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../core/errors';
import { COMMANDS } from '../../core/conversation/types';
import { endpoint } from '../endpoint';
import { byId, instant, uuid } from '../shapes';

const plain = z.strictObject({}).default({});
const toAgent = z.strictObject({ agentId: uuid });
const afterSeq = z.int().min(0).optional().meta({
  description:
    'The last message that your screen shows; a later one of the customer is MESSAGE_UNSEEN.',
});

const wish = <N extends string, A extends z.ZodType>(name: N, args: A) =>
  z.strictObject({ name: z.literal(name), args, afterSeq });

export const commandBody = z
  .discriminatedUnion('name', [
    wish('solve', plain),
    wish('close', plain),
    wish('setWaiting', z.strictObject({ until: instant.optional() }).default({})),
    wish('resume', plain),
    wish('transferToQueue', z.strictObject({ queueId: uuid })),
    wish('transferToAgent', toAgent),
    wish('assignTo', toAgent),
    wish('release', plain),
  ])
  .meta({ id: 'CommandWish' });
export type CommandBody = z.infer<typeof commandBody>;

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

const number = z.int().min(1).meta({ description: 'Its place among the conversation’s commands.' });

const givenShape = z.object({
  conversationId: uuid,
  number,
  outcome: z.literal('applied').nullable().meta({
    description: 'Null while it is undecided: ask for the command by its number.',
  }),
  warnings: z
    .array(
      z.object({
        code: z.literal('QUEUE_CLOSED'),
        queueId: uuid,
        opensAt: instant.nullable().meta({ description: 'Null where it never opens.' }),
        message: z.string(),
      }),
    )
    .optional()
    .meta({ description: 'What to tell whoever gave it, though it was done.' }),
});

const refusals = [
  'NOT_FOUND',
  'NOT_ASSIGNEE',
  'FORBIDDEN',
  'CONVERSATION_SOLVED',
  'CONVERSATION_IN_SURVEY',
  'CONVERSATION_CLOSED',
  'ILLEGAL_TRANSITION',
  'ALREADY_ASSIGNED',
  'AGENT_NOT_LOGGED_IN',
  'QUEUE_ARCHIVED',
  'QUEUE_EMPTY',
  'MESSAGE_UNSEEN',
  'SEQUENCE_GAP',
  'IDEMPOTENCY_MISMATCH',
] as const;

export const giveCommand = endpoint({
  id: 'giveCommand',
  method: 'post',
  path: '/conversations/{id}/commands',
  tag: 'commands',
  summary: 'Changes where a conversation stands, and waits up to 5 s for the outcome',
  description:
    '200: it has taken effect. 202: it is stored and will be decided; ask for it by its number. ' +
    'The Idempotency-Key is the command’s own: a repeat gets the first one’s outcome.',
  params: byId,
  body: commandBody,
  response: givenShape,
  otherStatuses: [202],
  errors: refusals,
  access: 'agent',
  idempotent: true,
});

export const getCommand = endpoint({
  id: 'getCommand',
  method: 'get',
  path: '/conversations/{id}/commands/{number}',
  tag: 'commands',
  summary: 'Reads a command and what became of it',
  params: byId.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
  response: z
    .object({
      conversationId: uuid,
      number,
      name: z.enum(COMMANDS),
      giverKind: z.string(),
      giverId: uuid.nullable(),
      outcome: z
        .enum(['applied', ...codes])
        .nullable()
        .meta({ description: 'applied, the code of the refusal, or null while it is undecided.' }),
      createdAt: instant,
      decidedAt: instant.nullable(),
    })
    .meta({ id: 'Command' }),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

const claim = <const N extends 'accept' | 'reject' | 'take'>(
  name: N,
  summary: string,
  errors: readonly ErrorCode[],
) =>
  endpoint({
    id: `${name}Conversation`,
    method: 'post',
    path: `/conversations/{id}/${name}`,
    tag: 'claims',
    summary,
    params: byId,
    response: z.object({ conversationId: uuid, claim: z.literal(name) }),
    errors: ['NOT_FOUND', 'IDEMPOTENCY_MISMATCH', ...errors],
    access: 'agent',
    idempotent: true,
  });

const closedOnes = [
  'CONVERSATION_SOLVED',
  'CONVERSATION_IN_SURVEY',
  'CONVERSATION_CLOSED',
  'ILLEGAL_TRANSITION',
] as const;

export const acceptOffer = claim('accept', 'Accepts an offer', [
  'OFFER_GONE',
  'AGENT_UNAVAILABLE',
  ...closedOnes,
]);
export const rejectOffer = claim('reject', 'Rejects an offer; it goes to the next agent', [
  'OFFER_GONE',
  ...closedOnes,
]);
export const takeConversation = claim('take', 'Takes a conversation from the line', [
  'ALREADY_TAKEN',
  'NO_CAPACITY',
  'QUEUE_LIMIT',
  'AGENT_UNAVAILABLE',
  ...closedOnes,
]);

export const commandsEndpoints = [
  giveCommand,
  getCommand,
  acceptOffer,
  rejectOffer,
  takeConversation,
];
