import type { z } from 'zod';
import type { Ack } from '../../contracts/realtime';
import { AppError, ERRORS } from '../../core/errors';
import { fieldsOf, toAppError } from '../middleware/errors';

/** A refusal as the acknowledgement of a socket's message. */
export function refused(error: unknown): Extract<Ack, { ok: false }> {
  const { code, details } = toAppError(error);
  return { ok: false, code, message: ERRORS[code].message, details };
}

/**
 * Checks what a client sent.
 * @throws AppError INVALID_REQUEST
 */
export function checked<T extends z.ZodType>(shape: T, sent: unknown): z.output<T> {
  const read = shape.safeParse(sent);
  if (!read.success) throw new AppError('INVALID_REQUEST', fieldsOf(read.error));
  return read.data;
}
