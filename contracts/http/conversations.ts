import { z } from 'zod';
import {
  changesShape,
  conversationShape,
  eventShape,
  messageShape,
  statusName,
} from '../conversation';
import { endpoint } from '../endpoint';
import { foreignId, messageText } from '../message-text';
import { wantedSkills } from '../skills';
import { byId, channelKind, instant, line, pageOf, pageQuery, uuid } from '../shapes';

const listQuery = pageQuery.extend({
  view: z
    .enum(['mine', 'unassigned', 'active', 'closed'])
    .default('mine')
    .meta({
      description:
        'mine: what you hold or are offered. unassigned: the lines of your queues, first in line first. ' +
        'active: all that is not closed (supervisors). closed: last closed first.',
    }),
  queueId: uuid.optional(),
  status: statusName.optional(),
  channelId: uuid.optional(),
  channelKind: channelKind.optional(),
  agentId: uuid.optional(),
  contactId: uuid.optional(),
  identityId: uuid.optional(),
  number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  customer: line(100).optional().meta({
    description:
      'Part of a name, an address or a number; one or two letters: how a word of it begins.',
  }),
  from: instant.optional().meta({ description: 'Created at this instant or later.' }),
  to: instant.optional().meta({ description: 'Created before this instant.' }),
});

export const listConversations = endpoint({
  id: 'listConversations',
  method: 'get',
  path: '/conversations',
  summary: 'Lists conversations that you may see',
  query: listQuery,
  response: pageOf(conversationShape),
  errors: ['FORBIDDEN'],
  access: 'agent',
});

const identityShape = z.object({
  id: uuid,
  externalId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  language: z.string().nullable().meta({ description: 'In which they are spoken to; a tag.' }),
  answers: z
    .array(z.object({ key: z.string(), label: z.string(), value: z.string() }))
    .readonly()
    .meta({ description: 'What they answered to the questions of a form.' }),
  page: z
    .object({ url: z.string(), title: z.string() })
    .nullable()
    .meta({ description: 'The page of the website they looked at last; only where that is set.' }),
});

const contactShape = z.object({
  id: uuid,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

export const getConversation = endpoint({
  id: 'getConversation',
  method: 'get',
  path: '/conversations/{id}',
  summary: 'Reads one conversation with its newest messages and events',
  params: byId,
  response: z.object({
    conversation: conversationShape,
    messages: z.array(messageShape).readonly().meta({ description: 'The newest, by sequence.' }),
    events: z.array(eventShape).readonly().meta({ description: 'The newest, oldest first.' }),
    identity: identityShape,
    contact: contactShape.nullable(),
  }),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const beginConversation = endpoint({
  id: 'beginConversation',
  method: 'post',
  path: '/conversations',
  summary:
    'Begins a conversation with a customer on a channel that sends outside; it is yours at once',
  body: z.strictObject({
    channelId: uuid,
    to: z.strictObject({ id: foreignId(200), name: line(100).optional() }).meta({
      description: 'The customer, by the id that the other system knows them by.',
    }),
    text: messageText(10_000).refine((text) => text.trim() !== '', 'must hold a text'),
  }),
  response: conversationShape,
  status: 201,
  otherStatuses: [200],
  errors: [
    'AGENT_UNAVAILABLE',
    'CHANNEL_CANNOT_SEND',
    'CHANNEL_DISABLED',
    'CONFLICT',
    'NOT_FOUND',
    'QUEUE_ARCHIVED',
    'WINDOW_CLOSED',
  ],
  access: 'agent',
  idempotent: true,
});

export const listMessages = endpoint({
  id: 'listMessages',
  method: 'get',
  path: '/conversations/{id}/messages',
  summary: 'Pages back through the messages, newest first',
  params: byId,
  query: pageQuery,
  response: pageOf(messageShape),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const listEvents = endpoint({
  id: 'listConversationEvents',
  method: 'get',
  path: '/conversations/{id}/events',
  summary: 'Pages back through what happened, newest first',
  params: byId,
  query: pageQuery,
  response: pageOf(eventShape),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const getChanges = endpoint({
  id: 'getConversationChanges',
  method: 'get',
  path: '/conversations/{id}/changes',
  summary: 'Reads what has changed since a rev, to catch up after a gap in the stream',
  params: byId,
  query: z.strictObject({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  response: changesShape,
  errors: ['NOT_FOUND', 'SEQUENCE_GAP'],
  access: 'agent',
});

export const editConversation = endpoint({
  id: 'editConversation',
  method: 'patch',
  path: '/conversations/{id}',
  summary: 'Sets the subject',
  params: byId,
  body: z.strictObject({ subject: line(200).nullable() }),
  response: conversationShape,
  errors: ['NOT_FOUND', 'NOT_ASSIGNEE', 'CONVERSATION_CLOSED'],
  access: 'agent',
});

export const linkContact = endpoint({
  id: 'linkConversationContact',
  method: 'put',
  path: '/conversations/{id}/contact',
  summary: 'Links the conversation and the identity behind it to a contact, or unlinks them (null)',
  params: byId,
  body: z.strictObject({ contactId: uuid.nullable() }),
  response: conversationShape,
  errors: ['NOT_FOUND', 'NOT_ASSIGNEE', 'CONVERSATION_CLOSED'],
  access: 'agent',
});

export const setSkills = endpoint({
  id: 'setConversationSkills',
  method: 'put',
  path: '/conversations/{id}/skills',
  summary: 'Sets what the conversation asks of its agent',
  description: 'One in line goes to the line of those skills at once and keeps its place.',
  params: byId,
  body: z.strictObject(wantedSkills),
  response: conversationShape,
  errors: ['NOT_FOUND', 'NOT_ASSIGNEE', 'CONVERSATION_CLOSED'],
  access: 'agent',
});

export const setPriority = endpoint({
  id: 'setConversationPriority',
  method: 'put',
  path: '/conversations/{id}/priority',
  summary: 'Sets the priority, by which it stands in line',
  description:
    'It moves in its line at once. Higher goes first; see the weight and aging of its queue.',
  params: byId,
  body: z.strictObject({ priority: z.int().min(0).max(10) }),
  response: conversationShape,
  errors: ['NOT_FOUND', 'CONVERSATION_CLOSED'],
  access: 'supervisor',
});

export const hideConversation = endpoint({
  id: 'hideConversation',
  method: 'post',
  path: '/conversations/{id}/hide',
  summary: 'Takes a closed conversation out of your list',
  params: byId,
  errors: ['NOT_FOUND', 'NOT_ASSIGNEE', 'ILLEGAL_TRANSITION'],
  access: 'agent',
  idempotent: true,
});

export const markSeen = endpoint({
  id: 'markConversationSeen',
  method: 'post',
  path: '/conversations/{id}/seen',
  summary: 'Notes that you, its assignee, have seen all up to a message',
  params: byId,
  body: z.strictObject({ seq: z.int().min(0) }),
  errors: ['NOT_FOUND', 'SEQUENCE_GAP'],
  access: 'agent',
  idempotent: true,
});

export const conversationsEndpoints = [
  listConversations,
  beginConversation,
  getConversation,
  listMessages,
  listEvents,
  getChanges,
  editConversation,
  linkContact,
  setSkills,
  setPriority,
  hideConversation,
  markSeen,
];
