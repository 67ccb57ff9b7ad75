import { z } from 'zod';
import { DEADLINES } from '../../core/conversation/types';
import { WAIT_CAUSES } from '../../core/routing/wait-cause';
import { conversationShape } from '../conversation';
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
    sentences: z.array(z.string()).meta({ description: 'The decision, then its reasons.' }),
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

const said = z.string().meta({ description: 'The same in words.' });

const placeShape = z
  .object({
    queueId: uuid,
    queue: z.string(),
    position: z.int().meta({ description: '1 goes first. Counted over all kinds of the queue.' }),
    since: instant,
    front: z.boolean().meta({ description: 'Came back from an agent: goes before all others.' }),
    priority: z.int(),
    open: z.boolean().meta({ description: 'Whether the queue is open now.' }),
    opensAt: instant.nullable(),
  })
  .meta({ description: 'null where it stands in no line; an offered one keeps its place.' });

const candidateShape = z.object({
  agentId: uuid,
  name: z.string(),
  workload: z.number().meta({ description: 'Percent of what the agent may carry.' }),
  passedOver: z.string().nullable().meta({ description: 'What speaks against the agent.' }),
  said,
});

export const getRouting = endpoint({
  id: 'getConversationRouting',
  method: 'get',
  path: '/conversations/{id}/routing',
  summary: 'Says where it stands now, why it still waits, what comes next, and how it came there',
  params: byId,
  response: z
    .object({
      status: conversationShape.shape.status,
      placement: conversationShape.shape.placement,
      queueId: uuid,
      ownerId: uuid.nullable(),
      place: placeShape.nullable(),
      why: z.string().nullable().meta({ description: 'Why it still stands in line, in words.' }),
      wait: z.object({ ms: z.int(), byCause: waitByCause, said }).nullable(),
      candidates: z
        .object({
          count: z.int(),
          first: z.array(candidateShape).meta({
            description: 'The first 50, in the order in which they would get it.',
          }),
        })
        .nullable()
        .meta({ description: 'The agents of the queue as of now, while it stands in line.' }),
      deadlines: z
        .array(z.object({ name: z.enum(DEADLINES), at: instant, said }))
        .meta({ description: 'What happens by itself, earliest first.' }),
      receipts: z.array(receiptShape).meta({ description: 'The last decisions, newest first.' }),
      temporalUrl: z.string().nullable().meta({
        description: 'The page of its workflow in the Temporal UI, where its address is set.',
      }),
    })
    .meta({ id: 'ConversationRouting' }),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const routingEndpoints = [getRouting, listReceipts];
