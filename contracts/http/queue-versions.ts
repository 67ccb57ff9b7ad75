import { z } from 'zod';
import { endpoint } from '../endpoint';
import { byId, instant, pageOf, pageQuery, uuid } from '../shapes';
import { queueFields } from './queues';

/** A field that differs between two policies. */
export const fieldChange = z.object({
  field: z.string().meta({ example: 'settings.offerMs' }),
  from: z.unknown().meta({ description: 'null where it was not set' }),
  to: z.unknown().meta({ description: 'null where it is not set any more' }),
});

const versionShape = z
  .object({
    version: z.int(),
    fields: queueFields
      .extend({ archived: z.boolean(), heirId: uuid.nullable() })
      .meta({ description: 'The whole policy as of this version.' }),
    changes: z.array(fieldChange).readonly().meta({
      description: 'What differs from the version before; nothing where that is not on record.',
    }),
    actorKind: z.string(),
    actorId: uuid.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'QueueVersion' });

export const listQueueVersions = endpoint({
  id: 'listQueueVersions',
  method: 'get',
  path: '/queues/{id}/versions',
  summary: 'Lists the versions of a queue’s policy, newest first',
  params: byId,
  query: pageQuery,
  response: pageOf(versionShape),
  errors: ['NOT_FOUND'],
  access: 'supervisor',
});

export const getQueueVersion = endpoint({
  id: 'getQueueVersion',
  method: 'get',
  path: '/queues/{id}/versions/{version}',
  summary: 'Reads a queue’s policy as of one version',
  params: z.strictObject({ id: uuid, version: z.coerce.number().int().min(1).max(2_147_483_647) }),
  response: versionShape,
  errors: ['NOT_FOUND'],
  access: 'supervisor',
});

export const queueVersionsEndpoints = [listQueueVersions, getQueueVersion];
