import { z } from 'zod';
import { HELD } from '../../core/presence/leaving';
import { endpoint } from '../endpoint';
import { instant, line, pageOf, pageQuery, uuid } from '../shapes';

/** Up to a week, in seconds. */
const grace = z
  .int()
  .min(0)
  .max(7 * 24 * 3600);

/** What holds for the whole installation. */
const settings = z.strictObject({
  companyName: line(100),
  onLogout: z
    .union([
      z.enum(['ask', 'keep', 'release']),
      z.strictObject({ refuseWhile: z.array(z.enum(HELD)).min(1).max(HELD.length).readonly() }),
    ])
    .meta({
      description:
        'What becomes of an agent’s conversations at sign-out. `ask`: the request must say it. `keep`, `release`: done ' +
        'unless it says otherwise. `refuseWhile`: an agent stays while holding one in these statuses; a supervisor may ' +
        'still log them off.',
    }),
  releaseOnPauseAfter: z.int().min(1).max(1440).nullable().meta({
    description:
      'Minutes of a pause after which what its agent holds goes back to the line; null: never.',
  }),
  absentGrace: z.strictObject({ liveChat: grace, others: grace }).meta({
    description: 'Seconds that an absent agent keeps conversations, then they go back to the line.',
  }),
});
const settingsShape = settings.meta({ id: 'Settings' });

export const getSettings = endpoint({
  id: 'getSettings',
  method: 'get',
  path: '/settings',
  summary: 'Reads the settings of the installation',
  response: settingsShape,
  errors: [],
  access: 'agent',
});

export const putSettings = endpoint({
  id: 'putSettings',
  method: 'put',
  path: '/settings',
  summary: 'Replaces the settings of the installation',
  description: 'Settings that are not named stay.',
  body: settings.partial({ onLogout: true, releaseOnPauseAfter: true, absentGrace: true }),
  response: settingsShape,
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
