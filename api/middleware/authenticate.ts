/** Who a request comes from. Called by `serve` where an endpoint asks for a person, and by the realtime namespace. */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { AppError } from '../../core/errors';
import { heartbeat } from '../../db/agents/presence';
import { sessionByToken } from '../../db/agents/sessions';
import { derivedToken } from '../../platform/seal';
import type { ApiDeps } from '../deps';
import type { Actor } from '../request-context';

export const SESSION_COOKIE = 'switchyard_session';

/** Any request is a sign of life, but not every one is written down. Well below the minute of silence. */
const NOTED_EVERY_MS = 20_000;

const RANK = { agent: 0, supervisor: 1, admin: 2 } as const;

/**
 * The person behind a request: by `Authorization: Bearer`, or by the cookie, which for anything but a read needs the
 * session's CSRF token beside it.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN
 */
export async function authenticate(
  deps: ApiDeps,
  req: Request,
  need: Actor['role'],
): Promise<Actor> {
  const bearer = bearerOf(req.get('authorization'));
  const token = bearer ?? cookieOf(req.get('cookie'));
  const actor = token ? await actorByToken(deps, token) : null;
  if (!actor) throw new AppError('UNAUTHENTICATED');
  const reads = req.method === 'GET' || req.method === 'HEAD';
  if (!bearer && !reads && !isCsrfToken(deps, actor, req.get('x-csrf-token'))) {
    throw new AppError('FORBIDDEN', { missing: 'x-csrf-token' });
  }
  if (RANK[actor.role] < RANK[need]) throw new AppError('FORBIDDEN', { need });
  return actor;
}

/** The person whose session token this is, or null. Counts as a sign of life. */
export async function actorByToken(deps: ApiDeps, token: string): Promise<Actor | null> {
  const owner = await sessionByToken(deps.db, token);
  if (!owner) return null;
  // Heard of in the future: the clock was set back, and what is noted must not hold until it is there again.
  if (owner.silentMs > NOTED_EVERY_MS || owner.silentMs < -1_000) {
    const effects = await heartbeat(deps.db, owner.agentId, owner.sessionId);
    if (effects) deps.afterCommit.start(effects);
  }
  return {
    kind: 'agent',
    id: owner.agentId,
    role: owner.role,
    name: owner.name,
    sessionId: owner.sessionId,
  };
}

/** The token that a page must send along with the cookie. It follows from the session, so it is nowhere stored. */
export const csrfTokenOf = (deps: ApiDeps, sessionId: string): string =>
  derivedToken(deps.env.secret, 'csrf', sessionId);

function isCsrfToken(deps: ApiDeps, actor: Actor, given: string | undefined): boolean {
  const expected = Buffer.from(csrfTokenOf(deps, actor.sessionId));
  const received = Buffer.from(given ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}

function bearerOf(header: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9._~+/=-]{16,512})$/i.exec(header ?? '')?.[1] ?? null;
}

/** The session token among the cookies of a header, or null. */
export function cookieOf(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === SESSION_COOKIE && value) return value;
  }
  return null;
}
