/** A conversation, its messages and its events as everybody who may see them reads them. */
import { z } from 'zod';
import { channelKind, instant, uuid } from './shapes';
import { shownSkills } from './skills';

const when = instant.nullable();
const count = z.int().min(0);

export const statusName = z.enum(['open', 'waiting', 'solved', 'closed']);

export const conversationShape = z
  .object({
    id: uuid,
    number: count.meta({ description: 'The number that people see, as in #123.' }),
    rev: count.meta({ description: 'Rises with every change that anybody can see.' }),
    channelId: uuid,
    channelKind: channelKind.or(z.string()),
    queueId: uuid,
    identityId: uuid,
    contactId: uuid.nullable(),
    customerName: z.string().nullable(),
    subject: z.string().nullable(),
    status: statusName,
    placement: z
      .enum(['bot', 'queued', 'offered', 'assigned'])
      .nullable()
      .meta({ description: 'Where it stands; null once it is closed.' }),
    survey: z.enum(['none', 'running', 'answered', 'skipped', 'expired', 'ended']),
    rating: z.int().min(1).max(10).nullable(),
    ownerId: uuid.nullable().meta({ description: 'The agent who holds it or is offered it.' }),
    lastAgentId: uuid.nullable(),
    listedAgentId: uuid
      .nullable()
      .meta({ description: 'The agent in whose list it still stands, greyed, though closed.' }),
    transferToId: uuid.nullable().meta({
      description: 'The agent to whom its agent offers it; it stays with its own until then.',
    }),
    transferUntil: when,
    overCapacity: z.boolean(),
    priority: count,
    front: z.boolean(),
    queuedSince: when,
    lineSince: when.meta({ description: 'Since when it waits in this queue.' }),
    ...shownSkills,
    relaxed: z.boolean().meta({ description: 'Required skills count as preferred ones by now.' }),
    urgent: z.boolean().meta({ description: 'Moved up, because its window is about to close.' }),
    preferredAgentId: uuid.nullable().meta({ description: 'Whom the customer knows.' }),
    preferredUntil: when.meta({ description: 'Until when it is kept for that agent.' }),
    ladderAt: when.meta({ description: 'When the next step for long waits is due.' }),
    alertedAt: when.meta({ description: 'Since when supervisors know that it waits long.' }),
    offerExpiresAt: when,
    snoozeUntil: when,
    surveyExpiresAt: when,
    confirmAt: when,
    firstResponseAt: when,
    windowExpiresAt: when,
    windowMode: z.string().nullable(),
    lastSeq: count,
    lastInSeq: count,
    lastOutSeq: count,
    lastMessageAt: when,
    lastInboundAt: when,
    firstReplyAt: when,
    unread: count,
    agentSeenSeq: count,
    customerSeenSeq: count,
    solvedAt: when,
    closedAt: when,
    closedBy: z.string().nullable(),
    previousId: uuid.nullable(),
    supersededById: uuid.nullable(),
    createdAt: instant,
    preview: z
      .object({ seq: count, direction: z.enum(['in', 'out']), text: z.string() })
      .nullable()
      .meta({ description: 'The beginning of the last message that is no note.' }),
  })
  .meta({ id: 'Conversation' });
export type ConversationShape = z.infer<typeof conversationShape>;

export const messageShape = z
  .object({
    id: uuid,
    conversationId: uuid,
    seq: count.meta({ description: 'Place in its conversation, from 1.' }),
    rev: count.meta({ description: 'The rev by which it was last written.' }),
    direction: z.enum(['in', 'out', 'note']),
    authorKind: z.string(),
    authorId: uuid.nullable(),
    text: z.string(),
    humanTag: z.boolean(),
    delivery: z.string().meta({
      description: 'none, pending, sending, sent, delivered, read, failed or unknown.',
    }),
    error: z.string().nullable(),
    sentAt: when,
    createdAt: instant,
    files: z
      .array(z.object({ id: uuid, name: z.string(), mime: z.string(), size: count }))
      .readonly(),
  })
  .meta({ id: 'Message' });
export type MessageShape = z.infer<typeof messageShape>;

export const eventShape = z
  .object({
    id: count,
    rev: count,
    afterSeq: count.meta({ description: 'The message behind which it stands in the timeline.' }),
    kind: z.string(),
    data: z.record(z.string(), z.unknown()),
    actorKind: z.string(),
    actorId: uuid.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'ConversationEvent' });
export type EventShape = z.infer<typeof eventShape>;

export const changesShape = z
  .object({
    conversationId: uuid,
    fromRev: count,
    rev: count,
    complete: z.boolean().meta({
      description: 'False where too much has changed: read the conversation afresh.',
    }),
    conversation: conversationShape,
    messages: z.array(messageShape).readonly(),
    events: z.array(eventShape).readonly(),
  })
  .meta({ id: 'ConversationChanges' });
export type ChangesShape = z.infer<typeof changesShape>;
