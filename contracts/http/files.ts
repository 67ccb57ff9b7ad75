import { z } from 'zod';
import { endpoint } from '../endpoint';
import { byId, instant, uuid } from '../shapes';

const fileShape = z
  .object({ id: uuid, name: z.string(), mime: z.string(), size: z.int().min(0) })
  .meta({ id: 'File' });

export const uploadFile = endpoint({
  id: 'uploadFile',
  method: 'post',
  path: '/files',
  summary: 'Store a file, to be sent with a message by whoever stored it',
  description: 'One part named `file`, up to 20 MB. Its kind is told by its content.',
  body: z.object({ file: z.string().meta({ format: 'binary' }) }),
  bodyType: 'multipart',
  response: fileShape,
  status: 201,
  errors: ['FILE_KIND_REFUSED', 'FILE_TOO_LARGE', 'IDEMPOTENCY_MISMATCH'],
  access: 'agent',
  idempotent: true,
});

export const getFile = endpoint({
  id: 'getFile',
  method: 'get',
  path: '/files/{id}',
  summary: 'A link that opens the file for five minutes',
  params: byId,
  response: fileShape.extend({ url: z.string(), expiresAt: instant }),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const filesEndpoints = [uploadFile, getFile];
