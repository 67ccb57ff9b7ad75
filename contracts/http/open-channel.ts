import { z } from 'zod';
import { endpoint } from '../endpoint';
import { foreignId, messageText } from '../message-text';
import { byId, emailAddress, line, uuid } from '../shapes';

const SIGNED =
  'Signed by the headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`: `v1,` and the base64 ' +
  'HMAC-SHA256 of `id.timestamp.body` with the secret of the channel. Five minutes of tolerance.';

/** 15 MB as base64. */
const MAX_FILE_CHARACTERS = Math.ceil((15 * 1024 * 1024) / 3) * 4;

/** A message from the customer's system. */
export const openMessage = z
  .strictObject({
    id: foreignId(200).meta({
      description: 'Its idempotency key: the same id is the same message.',
    }),
    from: z.strictObject({
      id: foreignId(200),
      name: line(200).optional(),
      email: emailAddress.optional(),
      phone: line(40).optional(),
    }),
    text: messageText(10_000).optional(),
    file: z
      .strictObject({
        name: line(200),
        mime: line(100).optional(),
        content: z.string().min(1).max(MAX_FILE_CHARACTERS).meta({ description: 'Base64.' }),
      })
      .optional(),
    sentAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine((message) => message.file !== undefined || (message.text ?? '').trim() !== '', {
    message: 'text or file',
    path: ['text'],
  });

/** What became of a message that we sent. */
export const openState = z.strictObject({
  messageId: uuid,
  state: z.enum(['delivered', 'read', 'failed']),
});

export const receiveOpenMessage = endpoint({
  id: 'receiveOpenMessage',
  method: 'post',
  path: '/channels/{id}/receive',
  summary: 'Take a message from the system behind an open channel',
  description: SIGNED,
  params: byId,
  body: openMessage,
  bodyType: 'raw',
  response: z.object({
    messageId: uuid,
    conversationId: uuid,
    duplicate: z.boolean().meta({ description: 'True where this id had been taken before.' }),
  }),
  errors: [
    'CHANNEL_DISABLED',
    'FILE_KIND_REFUSED',
    'FILE_TOO_LARGE',
    'IDEMPOTENCY_MISMATCH',
    'INVALID_REQUEST',
    'MALFORMED_JSON',
    'NOT_FOUND',
    'SIGNATURE_INVALID',
    'SIGNATURE_REPLAYED',
  ],
  access: 'channel',
  idempotent: true,
});

export const reportOpenState = endpoint({
  id: 'reportOpenState',
  method: 'post',
  path: '/channels/{id}/status',
  summary: 'Report how far a message has come',
  description: `${SIGNED} A state never goes back: what is read stays read.`,
  params: byId,
  body: openState,
  bodyType: 'raw',
  response: z.object({ messageId: uuid, state: z.string() }),
  errors: [
    'INVALID_REQUEST',
    'MALFORMED_JSON',
    'NOT_FOUND',
    'SIGNATURE_INVALID',
    'SIGNATURE_REPLAYED',
  ],
  access: 'channel',
  idempotent: true,
});

export const openChannelEndpoints = [receiveOpenMessage, reportOpenState];
