/** An agent as people and pages see one. */
import { z } from 'zod';
import { channelKind, instant, uuid } from './shapes';

export const roleName = z.enum(['agent', 'supervisor', 'admin']);

/** Units by channel kind, where they differ from the default. */
export const unitOverrides = z.partialRecord(channelKind, z.int().min(0).max(1000));

/** Conversations at a time by channel kind, where there is a limit beside the units. */
export const mostOfKinds = z.partialRecord(channelKind, z.int().min(0).max(1000));

export const agentShape = z
  .object({
    id: uuid,
    email: z.string(),
    name: z.string(),
    number: z.string().nullable(),
    role: roleName,
    channelKinds: z
      .array(channelKind)
      .meta({ description: 'Kinds that this agent answers; empty means every kind.' }),
    maxUnits: z.int(),
    unitOverrides,
    mostOfKinds,
    skills: z.array(z.string()),
    state: z.enum(['logged_off', 'available', 'paused']),
    pauseReason: z.string().nullable(),
    inConversation: z.boolean().meta({
      description:
        'Holds a conversation that allows nothing beside it, so gets no other for its time.',
    }),
    stateSince: instant,
    absent: z.boolean().meta({ description: 'Logged in, but nothing was heard for a minute.' }),
    onCall: z.boolean(),
    usedUnits: z.int(),
    queueIds: z.array(uuid),
    archived: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: 'Agent' });
