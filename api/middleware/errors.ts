import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ZodError } from 'zod';
import { AppError, ERRORS, type ErrorCode } from '../../core/errors';
import { contextOf } from '../request-context';

/** Seconds after which a request that may succeed later is worth repeating. */
const RETRY_AFTER: Partial<Record<ErrorCode, number>> = { RATE_LIMITED: 30, UNAVAILABLE: 2 };

/** So many seconds more, at random: all who were sent away at once must not come back at once. */
const SPREAD = 4;

/** What the body parsers of Express say, in our words. */
const PARSERS: Readonly<Record<string, ErrorCode>> = {
  'entity.parse.failed': 'MALFORMED_JSON',
  'entity.too.large': 'PAYLOAD_TOO_LARGE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'request.size.invalid': 'INVALID_REQUEST',
  'request.aborted': 'INVALID_REQUEST',
  'parameters.too.many': 'PAYLOAD_TOO_LARGE',
};

/** Postgres is away or restarting, out of connections or memory, cannot write, or took too long. */
const DATABASE_AWAY =
  /^(08|57P0|57014|53|58030|25006)|^ECONN|^ENOTFOUND|^ETIMEDOUT|^EPIPE|^P10(01|02|08|17)$/;

const DATABASE_FULL = '53100';

/** The disk of the files is full, its quota is used up, or it was made read-only by its own faults. */
const STORAGE_FULL = /^(ENOSPC|EDQUOT|EROFS|EIO)$/;

/** The same in words, where there is no code: of the pool, of a broken connection, and of Prisma about either. */
const DATABASE_AWAY_WORDS =
  /timeout exceeded when trying to connect|^Connection terminated|is not queryable$|Code: `(08|57P0|57014|53|58030|25006)/;

/** What an error is to a client. Whatever is not an expected refusal is INTERNAL, and says nothing more. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return new AppError('INVALID_REQUEST', fieldsOf(error));
  const { type, code, status, message } = (error ?? {}) as Record<string, unknown>;
  const parser = typeof type === 'string' ? PARSERS[type] : undefined;
  if (parser) return new AppError(parser);
  if (error instanceof URIError) return new AppError('NOT_FOUND');
  const ours = typeof code === 'string' ? unavailable(code) : null;
  if (ours) return ours;
  if (typeof message === 'string' && DATABASE_AWAY_WORDS.test(message)) {
    return unavailable(/Code: `(\w+)`/.exec(message)?.[1] ?? '') ?? new AppError('UNAVAILABLE');
  }
  return new AppError(typeof status === 'number' && status < 500 ? 'INVALID_REQUEST' : 'INTERNAL');
}

function unavailable(code: string): AppError | null {
  if (code === DATABASE_FULL) return new AppError('UNAVAILABLE', { reason: 'DATABASE_FULL' });
  if (STORAGE_FULL.test(code)) return new AppError('UNAVAILABLE', { reason: 'STORAGE_FULL' });
  return DATABASE_AWAY.test(code) ? new AppError('UNAVAILABLE') : null;
}

/** Names of the fields that are wrong and what is expected of them; never what was sent. */
export function fieldsOf(error: ZodError): { fields: { path: string; problem: string }[] } {
  const fields = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 100),
    problem: issue.code === 'unrecognized_keys' ? 'has fields that are not known' : issue.message,
  }));
  return { fields };
}

/** The last middleware: every error becomes `{code, message, details, requestId}`. */
export const errors: ErrorRequestHandler = (error, req, res, next) => {
  const { requestId, deps } = contextOf(req);
  const refused = toAppError(error);
  // What we sent away ourselves stands in the line of its request: a crowd must not fill the log as well.
  if (refused.status >= 500 && !(error instanceof AppError)) {
    deps.log.error({ err: error as unknown, requestId }, 'request failed');
  }
  if (refused.code === 'UNAVAILABLE') {
    const { reason } = refused.details;
    deps.metrics.unavailable.inc({ reason: typeof reason === 'string' ? reason : 'DATABASE_AWAY' });
  }
  // Too late for an answer: Express ends the connection.
  if (res.headersSent) return next(error);
  if (refused.retryable) res.setHeader('Retry-After', retryAfter(refused.code));
  res.status(refused.status).json({
    code: refused.code,
    message: ERRORS[refused.code].message,
    details: refused.details,
    requestId,
  });
};

function retryAfter(code: ErrorCode): number {
  const least = RETRY_AFTER[code] ?? 1;
  return code === 'UNAVAILABLE' ? least + Math.floor(Math.random() * (SPREAD + 1)) : least;
}

/** What no route took. */
export const notFound: RequestHandler = (_req, _res, next) => next(new AppError('NOT_FOUND'));
