import { z } from 'zod';
import { CAUSES_NOW } from '../../core/routing/wait-cause';
import { endpoint } from '../endpoint';
import { byId, uuid } from '../shapes';
import { fieldChange } from './queue-versions';
import { editQueue } from './queues';

const reason = z.enum([...CAUSES_NOW, 'left to agents']);
const said = z.string().meta({ description: 'The same in words.' });

const previewed = z.object({
  conversationId: uuid,
  number: z.int(),
  position: z.int().meta({ description: 'Its place in line now; 1 goes first.' }),
  then: z.int().meta({ description: 'The place that it would have, before any hand-out.' }),
  agentId: uuid.nullable().meta({ description: 'Who would get it at once.' }),
  reason: reason.nullable().meta({ description: 'Why it would stay.' }),
});

export const previewQueue = endpoint({
  id: 'previewQueue',
  method: 'post',
  path: '/queues/{id}/preview',
  summary: 'Tells what an edit would do to those who wait in the queue now; changes nothing',
  description:
    'Goes by the present loads of the queue’s agents, and by nothing that other queues would give them. Offers that ' +
    'are out stay as they are. The first 1,000 in line are looked at.',
  params: byId,
  body: editQueue.body,
  response: z
    .object({
      version: z
        .int()
        .meta({ description: 'The present one; name it as `ifVersion` of the edit.' }),
      changes: z.array(fieldChange).readonly(),
      open: z.boolean().meta({ description: 'Whether the queue would be open now.' }),
      waiting: z.int().meta({ description: 'How many in line were looked at.' }),
      more: z.boolean().meta({ description: 'True where more than these stand in line.' }),
      offers: z.int().meta({ description: 'How many would be offered at once.' }),
      assignments: z.int().meta({ description: 'How many would be assigned at once.' }),
      stays: z.array(z.object({ reason, count: z.int(), said })),
      moved: z.int().meta({ description: 'How many would have another place in line.' }),
      line: z
        .array(previewed)
        .meta({ description: 'The first 50 in the order that it would have.' }),
    })
    .meta({ id: 'QueuePreview' }),
  errors: ['CONFLICT', 'NOT_FOUND', 'QUEUE_ARCHIVED', 'QUEUE_NEEDS_CALENDAR'],
  access: 'supervisor',
  idempotent: true,
});

export const queuePreviewEndpoints = [previewQueue];
