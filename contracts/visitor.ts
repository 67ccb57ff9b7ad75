/** A conversation as its customer sees it: no notes, no queue, no routing. */
import { z } from 'zod';
import { instant, uuid } from './shapes';

const count = z.int().min(0);

export const visitorFileShape = z
  .object({ id: uuid, name: z.string(), mime: z.string(), size: count })
  .meta({ id: 'VisitorFile' });

export const visitorMessageShape = z
  .object({
    id: uuid,
    seq: count.meta({
      description: 'Place in the conversation; there may be gaps, it never goes back.',
    }),
    direction: z.enum(['in', 'out']).meta({ description: '`in` is what the visitor wrote.' }),
    author: z.enum(['customer', 'agent', 'assistant']).or(z.string()),
    authorName: z.string().nullable(),
    text: z.string(),
    createdAt: instant,
    files: z.array(visitorFileShape).readonly(),
  })
  .meta({ id: 'VisitorMessage' });
export type VisitorMessage = z.infer<typeof visitorMessageShape>;

export const visitorConversationShape = z
  .object({
    id: uuid,
    number: count,
    rev: count.meta({ description: 'Rises with every change.' }),
    status: z.enum(['open', 'waiting', 'solved', 'closed']),
    inLine: z.boolean().meta({ description: 'True while no agent has it yet.' }),
    agentName: z.string().nullable().meta({ description: 'Whoever holds it.' }),
    survey: z
      .object({
        state: z.enum(['none', 'running', 'answered', 'skipped', 'expired', 'ended']),
        question: z.string().nullable(),
        commentQuestion: z.string().nullable(),
        thanks: z.string().nullable(),
        expiresAt: instant.nullable(),
      })
      .meta({ description: 'Texts are null where the queue has none of its own.' }),
    lastSeq: count.meta({ description: 'The last message that the visitor may see.' }),
    agentSeenSeq: count,
    customerSeenSeq: count,
    createdAt: instant,
    closedAt: instant.nullable(),
  })
  .meta({ id: 'VisitorConversation' });
export type VisitorConversation = z.infer<typeof visitorConversationShape>;

export const visitorChangesShape = z
  .object({
    conversationId: uuid,
    fromRev: count.meta({
      description:
        'What follows is newer than this; a higher one than yours means a gap: read again.',
    }),
    rev: count,
    conversation: visitorConversationShape,
    messages: z.array(visitorMessageShape).readonly(),
  })
  .meta({ id: 'VisitorChanges' });
export type VisitorChanges = z.infer<typeof visitorChangesShape>;
