import { z } from 'zod';
import { agentShape, roleName } from '../agent';
import { endpoint } from '../endpoint';
import { instant, uuid } from '../shapes';
import { queueFields } from './queues';

const count = z.int().min(0);

const queueNow = z
  .object({
    id: uuid,
    name: z.string(),
    delivery: queueFields.shape.delivery,
    open: z.boolean().meta({ description: 'By its hours, as routing goes by them now.' }),
    nextChangeAt: instant.nullable().meta({ description: 'When it next opens or closes.' }),
    members: count,
    loggedIn: count.meta({ description: 'Members who are logged in and heard of lately.' }),
    available: count.meta({ description: 'Those of them who are available.' }),
    waiting: count.meta({ description: 'Stand in line.' }),
    offered: count.meta({ description: 'Are being offered to an agent.' }),
    assigned: count.meta({ description: 'Are open with an agent.' }),
    snoozed: count.meta({ description: 'Wait for their customer.' }),
    longestSince: instant.nullable().meta({
      description: 'Since when the one that waits longest, in line or offered, has waited.',
    }),
    alerted: count.meta({ description: 'Wait so long that supervisors were told (`alertedAt`).' }),
    nextStepAt: instant
      .nullable()
      .meta({ description: 'When the next step for long waits is due for one of them.' }),
  })
  .meta({ id: 'QueueNow' });

const agentNow = agentShape
  .pick({
    id: true,
    name: true,
    state: true,
    pauseReason: true,
    stateSince: true,
    absent: true,
    onCall: true,
    inConversation: true,
    usedUnits: true,
    maxUnits: true,
    queueIds: true,
  })
  .extend({
    role: roleName,
    held: count.meta({ description: 'Conversations, open or waiting for their customer.' }),
    offered: count.meta({ description: 'Offers that this agent has not answered yet.' }),
    room: count.meta({
      description: 'Live chats that still fit, by units alone; 0 where the agent gets nothing now.',
    }),
  })
  .meta({ id: 'AgentNow' });

export const getSupervision = endpoint({
  id: 'getSupervision',
  method: 'get',
  path: '/supervision',
  summary: 'Says how the queues that you oversee and their agents stand at this moment',
  description:
    'All of them at once, by name. An agent who is in no queue is listed while logged in. Ask again when the stream ' +
    'tells of a change, once a second at most.',
  response: z.object({
    at: instant,
    queues: z.array(queueNow),
    agents: z.array(agentNow),
  }),
  errors: [],
  access: 'supervisor',
});

export const supervisionEndpoints = [getSupervision];
