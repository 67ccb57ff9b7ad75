import { z } from 'zod';
import { endpoint } from '../endpoint';
import { messageText } from '../message-text';
import { byId, instant } from '../shapes';

const text = messageText(10_000);

const draft = z.object({
  reply: z.string(),
  note: z.string(),
  updatedAt: instant.nullable().meta({ description: 'null where nothing was kept.' }),
});

export const getDraft = endpoint({
  id: 'getDraft',
  method: 'get',
  path: '/conversations/{id}/draft',
  tag: 'messages',
  summary: 'Reads what you have begun to write in a conversation',
  params: byId,
  response: draft,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const putDraft = endpoint({
  id: 'putDraft',
  method: 'put',
  path: '/conversations/{id}/draft',
  tag: 'messages',
  summary: 'Keeps what you have begun to write; two empty texts forget it',
  params: byId,
  body: z.strictObject({ reply: text, note: text }),
  response: draft,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const draftsEndpoints = [getDraft, putDraft];
