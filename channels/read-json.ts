import type { z } from 'zod';
import { AppError } from '../core/errors';

/**
 * The body as the schema wants it.
 * @throws AppError MALFORMED_JSON, or INVALID_REQUEST with the fields that do not fit and never what was sent
 */
export function readJson<T extends z.ZodType>(body: Buffer, schema: T): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new AppError('MALFORMED_JSON');
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const fields = read.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100),
    // The key is the sender's word, so it is not repeated.
    problem: issue.code === 'unrecognized_keys' ? 'has fields that are not known' : issue.message,
  }));
  throw new AppError('INVALID_REQUEST', { fields });
}
