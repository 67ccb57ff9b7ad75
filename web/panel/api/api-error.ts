import type { ErrorCode } from '../../../core/errors';

/** What the API refused with, or `OFFLINE` where no answer came. */
export type FailureCode = ErrorCode | 'OFFLINE';

/** A request that was refused or not answered. Screens show `errors.<code>` of the catalogue of words. */
export class ApiError extends Error {
  constructor(
    readonly code: FailureCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** By which the answer is found in the log; null where there was none. */
    readonly requestId: string | null = null,
  ) {
    super(code);
    this.name = 'ApiError';
  }
}

/** The code of anything that was thrown. */
export const codeOf = (error: unknown): FailureCode =>
  error instanceof ApiError ? error.code : 'INTERNAL';
