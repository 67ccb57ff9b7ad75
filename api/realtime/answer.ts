import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { Ack } from '../../contracts/realtime';
import { AppError, ERRORS } from '../../core/errors';
import { fieldsOf, toAppError } from '../middleware/errors';
import { cutOff } from './guarded-emit';

/** A refusal as the acknowledgement of a socket's message. */
export function refused(error: unknown): Extract<Ack, { ok: false }> {
  const { code, details } = toAppError(error);
  return { ok: false, code, message: ERRORS[code].message, details };
}

/**
 * Answers a handshake that failed. A client that was refused stays away; one whom the database cannot judge at the
 * moment is to try again, which it does by itself where its connection breaks.
 */
export function refuseHandshake(
  socket: Pick<Socket, 'conn'>,
  error: unknown,
  next: (error: Error) => void,
): void {
  const { code } = toAppError(error);
  if (code === 'UNAVAILABLE') cutOff(socket.conn);
  else next(Object.assign(new Error(ERRORS[code].message), { data: { code } }));
}

/** Whether an open socket must be closed since its rights could not be confirmed. Not while nobody can be asked. */
export const endsSocket = (error: unknown): boolean => toAppError(error).code !== 'UNAVAILABLE';

/**
 * Checks what a client sent.
 * @throws AppError INVALID_REQUEST
 */
export function checked<T extends z.ZodType>(shape: T, sent: unknown): z.output<T> {
  const read = shape.safeParse(sent);
  if (!read.success) throw new AppError('INVALID_REQUEST', fieldsOf(read.error));
  return read.data;
}
