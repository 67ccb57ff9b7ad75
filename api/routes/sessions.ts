import { Router, type CookieOptions } from 'express';
import * as contract from '../../contracts/http/sessions';
import { AppError } from '../../core/errors';
import { readAgent } from '../../db/agents/agents';
import { idFrom } from '../../db/ids';
import { agentLoggedIn, endSessions, heartbeat } from '../../db/agents/presence';
import { credentialsOf, findOrInsertSession, sessionExpiry } from '../../db/agents/sessions';
import { isPassword } from '../../platform/passwords';
import { RateLimit } from '../../platform/rate-limit';
import { derivedToken } from '../../platform/seal';
import type { ApiDeps } from '../deps';
import { csrfTokenOf, SESSION_COOKIE } from '../middleware/authenticate';
import { serve } from '../serve';

const WINDOW_MS = 5 * 60 * 1000;
/** Wrong passwords for one address from one place, and for all addresses from one place. */
const TRIES = 10;
const TRIES_OF_A_PLACE = 100;

/** Signing in and out. */
export function sessionRoutes(deps: ApiDeps): Router {
  const { db, afterCommit, env } = deps;
  const router = Router();
  const tries = new RateLimit({ max: TRIES, windowMs: WINDOW_MS });
  const triesOfPlace = new RateLimit({ max: TRIES_OF_A_PLACE, windowMs: WINDOW_MS });
  const cookie: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.production,
    path: '/',
  };

  serve(router, contract.signIn, async ({ body, key, req, res }) => {
    const place = req.ip ?? '';
    const who = `${place} ${body.email}`;
    if (!tries.take(who) || !triesOfPlace.take(place)) throw new AppError('RATE_LIMITED');
    const credentials = await credentialsOf(db, body.email);
    const right = await isPassword(credentials?.passwordHash ?? null, body.password);
    if (!credentials || !right) throw new AppError('SIGN_IN_FAILED');
    tries.clear(who);
    triesOfPlace.clear(place);
    // Both follow from the request's key, so a repeat finds its own session and its token again.
    const { agentId } = credentials;
    const id = idFrom('session', agentId, key);
    const token = derivedToken(env.secret, 'session', id);
    const userAgent = req.get('user-agent')?.slice(0, 200) ?? null;
    const found = await findOrInsertSession(db, { id, agentId, token, userAgent });
    if (found.ended) throw new AppError('IDEMPOTENCY_MISMATCH');
    const { effects } = await agentLoggedIn(db, agentId, body.state);
    afterCommit.start(effects);
    res.cookie(SESSION_COOKIE, token, { ...cookie, expires: found.expiresAt });
    return {
      agent: await readAgent(db, agentId),
      token,
      csrfToken: csrfTokenOf(deps, id),
      expiresAt: found.expiresAt.toISOString(),
    };
  });

  serve(router, contract.getCurrentSession, async ({ actor }) => ({
    agent: await readAgent(db, actor.id),
    csrfToken: csrfTokenOf(deps, actor.sessionId),
    expiresAt: (await sessionExpiry(db, actor.sessionId)).toISOString(),
  }));

  serve(router, contract.heartbeat, async ({ actor }) => {
    const effects = await heartbeat(db, actor.id, actor.sessionId);
    if (effects) afterCommit.start(effects);
  });

  serve(router, contract.signOut, async ({ actor, query, res }) => {
    const leaving = { sessionId: actor.sessionId, open: query.open };
    const { effects } = await endSessions(db, actor.id, leaving);
    afterCommit.start(effects);
    res.clearCookie(SESSION_COOKIE, cookie);
  });

  return router;
}
