import { z } from 'zod';
import { endpoint } from '../endpoint';
import { instant, line, pageOf, pageQuery, uuid } from '../shapes';

/** What holds for the whole installation. */
const settings = z.strictObject({ companyName: line(100) }).meta({ id: 'Settings' });

export const getSettings = endpoint({
  id: 'getSettings',
  method: 'get',
  path: '/settings',
  summary: 'Reads the settings of the installation',
  response: settings,
  errors: [],
  access: 'agent',
});

export const putSettings = endpoint({
  id: 'putSettings',
  method: 'put',
  path: '/settings',
  summary: 'Replaces the settings of the installation',
  body: settings,
  response: settings,
  errors: [],
  access: 'admin',
});

export const listAudit = endpoint({
  id: 'listAudit',
  method: 'get',
  path: '/audit',
  summary: 'Lists administrative acts, the newest first',
  query: pageQuery.extend({
    actorId: uuid.optional(),
    action: line(60).optional(),
    target: line(100).optional().meta({ description: 'Such as `queue/<id>`.' }),
  }),
  response: pageOf(
    z
      .object({
        id: z.string(),
        actorKind: z.string(),
        actorId: uuid.nullable(),
        action: z.string(),
        target: z.string(),
        detail: z.record(z.string(), z.unknown()),
        createdAt: instant,
      })
      .meta({ id: 'AuditEntry' }),
  ),
  errors: [],
  access: 'admin',
});

export const settingsEndpoints = [getSettings, putSettings, listAudit];
