import type { Request } from 'express';
import { AppError } from '../../core/errors';
import { beginKeyed, keepAnswer, releaseKey } from '../../db/idempotency';
import { idFrom, newId } from '../../db/ids';
import { derivedToken, seal, unseal } from '../../platform/seal';
import type { ApiDeps } from '../deps';

const PURPOSE = 'answers';

/** Anything printable; long enough for every way of making ids. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The caller's Idempotency-Key, or null where there is none.
 * @throws AppError INVALID_REQUEST for one that is too long or not printable
 */
export function keyOf(req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined) return null;
  if (!KEY.test(key)) {
    const problem = 'must be 1 to 200 printable ASCII characters without spaces';
    throw new AppError('INVALID_REQUEST', { fields: [{ path: 'Idempotency-Key', problem }] });
  }
  return key;
}

/**
 * The id of what a request asks for: the same for a repeat by the same actor on the same route, a new one without a
 * key. A row made under it is made once, even where the first try died half-way.
 */
export function requestKey(actor: string, route: string, key: string | null): string {
  return key === null ? newId() : idFrom(actor, route, key);
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers a repeat of a keyed request with the first answer. A refusal is not kept: it changed nothing.
 * @throws AppError IDEMPOTENCY_MISMATCH, IDEMPOTENCY_IN_PROGRESS, and whatever `run` throws
 */
export async function answeredOnce(
  deps: ApiDeps,
  asked: { actor: string; route: string; key: string; content: unknown },
  run: () => Promise<Answer>,
): Promise<Answer & { readonly replayed: boolean }> {
  const { actor, route, key } = asked;
  const { secret } = deps.env;
  // Keyed, because the content may hold a password.
  const bodyHash = derivedToken(secret, PURPOSE, JSON.stringify(asked.content));
  const request = { actor, route, key, bodyHash };
  const begun = await beginKeyed(deps.db, request);
  if (begun.state === 'other') throw new AppError('IDEMPOTENCY_MISMATCH');
  if (begun.state === 'running') throw new AppError('IDEMPOTENCY_IN_PROGRESS');
  if (begun.state === 'answered') {
    const bytes = Buffer.from(String(begun.answer.body), 'base64');
    const body = JSON.parse(unseal(secret, PURPOSE, bytes)) as unknown;
    return { status: begun.answer.status, body, replayed: true };
  }
  try {
    const answer = await run();
    // Sealed, because an answer may hold a credential that is shown only once.
    const body = seal(secret, PURPOSE, JSON.stringify(answer.body ?? null)).toString('base64');
    await keepAnswer(deps.db, request, { status: answer.status, body });
    return { ...answer, replayed: false };
  } catch (error) {
    await releaseKey(deps.db, request);
    throw error;
  }
}
