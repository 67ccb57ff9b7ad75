import { z } from 'zod';
import { WAIT_CAUSES } from '../../core/routing/wait-cause';
import { endpoint } from '../endpoint';
import { byId, instant, pageOf, pageQuery, uuid } from '../shapes';

const cause = z.enum(WAIT_CAUSES);
const waitByCause = z
  .record(cause, z.int())
  .meta({ description: 'Milliseconds of the wait by what they are put down to.' });

const receiptShape = z
  .object({
    id: uuid,
    claimNo: z.int().nullable(),
    result: z.string(),
    agentId: uuid.nullable(),
    queueId: uuid,
    policyVersion: z.int(),
    trigger: z.string(),
    rule: z.string(),
    candidates: z
      .array(z.object({ agentId: uuid, workload: z.number(), passedOver: z.string().nullable() }))
      .readonly(),
    waitMs: z.int(),
    cause: z.string().nullable().meta({
      description: 'What kept it waiting, of a decision that left it in line.',
    }),
    waitByCause,
    createdAt: instant,
  })
  .meta({ id: 'RoutingReceipt' });

export const listReceipts = endpoint({
  id: 'listRoutingReceipts',
  method: 'get',
  path: '/conversations/{id}/routing/receipts',
  summary: 'Says why it went where it went, newest decision first',
  params: byId,
  query: pageQuery,
  response: pageOf(receiptShape),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const routingEndpoints = [listReceipts];
