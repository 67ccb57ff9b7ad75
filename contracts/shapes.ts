/** Shapes that several nouns share. */
import { z } from 'zod';
import { CHANNEL_KINDS } from '../core/channel-kinds';

export const uuid = z.uuid().meta({ example: '01932c4e-7a10-7c3e-9d5b-2f6a51f0c8aa' });

/** An instant as ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime().meta({ example: '2026-11-21T13:00:00.000Z' });

/** One line of text that a person typed: trimmed, not empty, without control characters. */
export const line = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

export const emailAddress = z.email().max(254).toLowerCase();

export const telephone = z.string().regex(/^\+?[0-9 ()./-]{3,40}$/, 'must be a telephone number');

export const channelKind = z.enum(CHANNEL_KINDS);

/** Path parameters of one thing. */
export const byId = z.strictObject({ id: uuid });

/** The query of a list that is read page by page. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(400).optional().meta({ description: '`next` of the page before.' }),
});

/** A page: its items, and what to give as `after` to get the next one. */
export const pageOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** Where a page of a list by name ends. */
export const namePosition = z.tuple([z.string().regex(/^[^\0\p{Cs}]*$/u), z.uuid()]);
