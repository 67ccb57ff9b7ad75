import { z } from 'zod';

/** Up to a page of text that is told to customers. */
export const words = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[^\0\p{Cs}]*$/u, 'must not hold NUL');

/** What is said to customers, with other words for some languages. */
export const customerText = z.strictObject({
  text: words,
  byLanguage: z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), words).optional(),
});
