import { z } from 'zod';
import { DISTRIBUTIONS } from '../../core/routing/distribution/distributions';
import { ELIGIBILITIES } from '../../core/routing/eligibility/eligibility';
import { unitOverrides } from '../agent';
import { customerText, words } from '../customer-text';
import { endpoint } from '../endpoint';
import { ladderShape } from '../ladder';
import { byId, channelKind, instant, line, pageOf, pageQuery, uuid } from '../shapes';

/** Up to a year, in milliseconds. */
const duration = z
  .int()
  .min(0)
  .max(366 * 24 * 3600 * 1000);

const hoursText = customerText.nullable();

/** Every field has a default; what is not named keeps it. */
const settings = z
  .strictObject({
    offerMs: duration.min(1000),
    roundPauseMs: duration,
    missedOffersToPause: z.int().min(0).max(100),
    agingMinutes: z.int().min(0).max(1440),
    maxPerAgent: z.int().min(1).max(1000).nullable(),
    waitingFactor: z.number().min(0).max(1),
    waitingMs: duration.min(1000),
    confirmMs: duration.min(1000),
    firstResponseMs: duration.min(1000).nullable(),
    idleMs: duration.min(1000).nullable(),
    ladder: ladderShape,
    transferMs: z
      .int()
      .min(0)
      .max(24 * 3600 * 1000)
      .meta({
        description:
          'How long an agent’s transfer to another agent is offered before it goes back; 0: handed over at once.',
      }),
    relaxSkillsMs: duration.min(1000).nullable().meta({
      description: 'After so long in line required skills count as preferred ones; null: never.',
    }),
    returning: z
      .strictObject({
        mode: z.enum(['prefer', 'wait', 'off']).meta({
          description:
            'The agent of the customer’s last conversation in this queue: goes first; is also waited for where there ' +
            'but full; counts like all others.',
        }),
        waitMs: duration.min(1000),
        days: z.int().min(1).max(366),
      })
      .partial(),
    reopenWithinDays: z.int().min(0).max(366),
    unitOverrides,
    hours: z
      .strictObject({
        atClosing: z.enum(['keepWaiting', 'notifyAndClose']).meta({
          description: 'What becomes of live chats that wait at closing time.',
        }),
        outOfHours: hoursText.meta({
          description: 'Answers a message out of hours, once a closed period; null says nothing.',
        }),
        closing: hoursText.meta({
          description: 'Said when a waiting live chat is closed at closing time.',
        }),
      })
      .partial(),
    survey: z
      .strictObject({
        enabled: z.boolean(),
        channelKinds: z.array(channelKind).max(20).readonly(),
        expiryMs: duration.min(1000),
        question: line(500),
        commentQuestion: line(500),
        thanks: line(500),
      })
      .partial(),
  })
  .partial();

/** What a queue's policy is made of. */
export const queueFields = z.strictObject({
  name: line(100),
  delivery: z.enum(['auto', 'offer', 'manual']),
  eligibility: z.enum(ELIGIBILITIES).meta({ description: 'Who may get a conversation.' }),
  distribution: z.enum(DISTRIBUTIONS).meta({ description: 'Who of them gets it first.' }),
  weight: z.int().min(0).max(10),
  settings,
  hoursMode: z.enum(['own', 'always', 'inherit']).meta({
    description:
      '`own`: by `calendarId`; `always` open; `inherit`: by the global calendar, where there is one.',
  }),
  calendarId: uuid.nullable().meta({ description: 'Kept only with the mode `own`.' }),
});

const memberShape = z.object({ agentId: uuid, penalty: z.int(), position: z.int() });

const queueShape = z
  .object({
    id: uuid,
    name: z.string(),
    delivery: queueFields.shape.delivery,
    eligibility: queueFields.shape.eligibility,
    distribution: queueFields.shape.distribution,
    weight: z.int(),
    settings,
    hoursMode: queueFields.shape.hoursMode,
    calendarId: queueFields.shape.calendarId,
    open: z.boolean().meta({ description: 'By its hours, as routing goes by them now.' }),
    nextChangeAt: instant.nullable().meta({ description: 'When it next opens or closes.' }),
    version: z.int().meta({ description: 'Raised by every edit; a routing receipt names it.' }),
    members: z.array(memberShape),
    archived: z.boolean(),
    heirId: uuid.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Queue' });

export const listQueues = endpoint({
  id: 'listQueues',
  method: 'get',
  path: '/queues',
  summary: 'Lists queues by name',
  query: pageQuery.extend({ archived: z.enum(['true', 'false']).default('false') }),
  response: pageOf(queueShape),
  errors: [],
  access: 'agent',
});

export const createQueue = endpoint({
  id: 'createQueue',
  method: 'post',
  path: '/queues',
  summary: 'Adds a queue',
  body: queueFields.partial({
    delivery: true,
    eligibility: true,
    distribution: true,
    weight: true,
    settings: true,
    hoursMode: true,
    calendarId: true,
  }),
  response: queueShape,
  status: 201,
  errors: ['CONFLICT', 'NOT_FOUND', 'QUEUE_NEEDS_CALENDAR'],
  access: 'admin',
});

export const getQueue = endpoint({
  id: 'getQueue',
  method: 'get',
  path: '/queues/{id}',
  summary: 'Reads one queue',
  params: byId,
  response: queueShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const editQueue = endpoint({
  id: 'editQueue',
  method: 'patch',
  path: '/queues/{id}',
  summary: 'Edits a queue',
  description:
    'Settings that are named are replaced, others stay. An edit counts from each conversation’s next transition, ' +
    'weight and aging at once for the order in line.',
  params: byId,
  body: queueFields.partial().extend({
    ifVersion: z.int().min(1).optional().meta({
      description:
        'The version that you have seen: where another is present now, nothing is changed.',
    }),
  }),
  response: queueShape,
  errors: ['NOT_FOUND', 'CONFLICT', 'QUEUE_ARCHIVED', 'QUEUE_NEEDS_CALENDAR'],
  access: 'admin',
});

export const archiveQueue = endpoint({
  id: 'archiveQueue',
  method: 'post',
  path: '/queues/{id}/archive',
  summary: 'Archives a queue; its channels and unclosed conversations go to the heir',
  params: byId,
  body: z.strictObject({ heirId: uuid.optional() }),
  response: queueShape,
  errors: ['NOT_FOUND', 'QUEUE_NEEDS_HEIR', 'QUEUE_ARCHIVED'],
  access: 'admin',
});

export const emptyQueue = endpoint({
  id: 'emptyQueue',
  method: 'post',
  path: '/queues/{id}/empty',
  summary: 'Transfers or closes all that waits in the line of a queue',
  description:
    'Each conversation in line gets a command of its own, and is left alone if it has left the line by then. What is ' +
    'being offered is left to its offer. Where they are closed, customers are told `text`, if there is one.',
  params: byId,
  body: z.strictObject({
    to: z.union([
      z.strictObject({ queueId: uuid }),
      z.strictObject({ close: z.literal(true), text: words.optional() }),
    ]),
    reason: line(100).optional().meta({ description: 'For the audit.' }),
  }),
  response: z.object({
    commands: z.int().meta({ description: 'How many conversations got a command.' }),
  }),
  errors: ['NOT_FOUND', 'FORBIDDEN', 'QUEUE_ARCHIVED', 'QUEUE_EMPTY'],
  access: 'supervisor',
});

const memberOf = z.strictObject({ id: uuid, agentId: uuid });

export const putMember = endpoint({
  id: 'putQueueMember',
  method: 'put',
  path: '/queues/{id}/members/{agentId}',
  summary: 'Makes an agent a member of a queue, or edits the membership',
  params: memberOf,
  body: z.strictObject({
    penalty: z.int().min(0).max(100).default(0),
    position: z.int().min(0).max(10_000).default(0),
  }),
  response: queueShape,
  errors: ['NOT_FOUND', 'QUEUE_ARCHIVED'],
  access: 'supervisor',
});

export const removeMember = endpoint({
  id: 'removeQueueMember',
  method: 'delete',
  path: '/queues/{id}/members/{agentId}',
  summary: 'Takes an agent out of a queue; pending offers of it go back to the line',
  params: memberOf,
  response: queueShape,
  errors: ['NOT_FOUND'],
  access: 'supervisor',
});

export const queuesEndpoints = [
  listQueues,
  createQueue,
  getQueue,
  editQueue,
  archiveQueue,
  emptyQueue,
  putMember,
  removeMember,
];
