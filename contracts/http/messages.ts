import { z } from 'zod';
import { messageShape } from '../conversation';
import { endpoint } from '../endpoint';
import { messageText } from '../message-text';
import { byId, uuid } from '../shapes';

export const sendMessage = endpoint({
  id: 'sendMessage',
  method: 'post',
  path: '/conversations/{id}/messages',
  tag: 'messages',
  summary: 'Replies to the customer, or writes an internal note',
  description:
    'The first answer to an Idempotency-Key stands. A note is never sent outside; a reply is the assignee’s.',
  params: byId,
  body: z
    .strictObject({
      kind: z.enum(['reply', 'note']).default('reply'),
      text: messageText(10_000).default(''),
      fileIds: z
        .array(uuid)
        .max(10)
        .refine((ids) => new Set(ids).size === ids.length, 'must not name a file twice')
        .default([]),
      humanTag: z.boolean().default(false).meta({
        description: 'Sends under the human-agent tag where the window allows nothing else.',
      }),
    })
    .refine((body) => body.text.trim() !== '' || body.fileIds.length > 0, {
      message: 'must hold a text or a file',
    }),
  response: messageShape,
  status: 201,
  otherStatuses: [200],
  errors: [
    'NOT_FOUND',
    'NOT_ASSIGNEE',
    'CONVERSATION_SOLVED',
    'CONVERSATION_IN_SURVEY',
    'CONVERSATION_CLOSED',
    'WINDOW_CLOSED',
    'CHANNEL_DISABLED',
    'CHANNEL_CANNOT_SEND',
    'FILE_TOO_LARGE',
    'IDEMPOTENCY_MISMATCH',
  ],
  access: 'agent',
  idempotent: true,
});

export const messagesEndpoints = [sendMessage];
