import { z } from 'zod';

/**
 * What somebody wrote: kept as it came, so only a length counts and NUL is refused, which Postgres cannot store.
 * Half a surrogate pair would be stored as another character, so it is refused too.
 */
export const messageText = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, 'must not hold NUL or half a surrogate pair');

/** An id that another system or a browser made up. */
export const foreignId = (max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must not hold control characters');
