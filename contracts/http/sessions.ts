import { z } from 'zod';
import { agentShape } from '../agent';
import { endpoint } from '../endpoint';
import { emailAddress, instant } from '../shapes';

/** What to do with conversations that are still open when their agent leaves. */
export const openQuery = z.strictObject({
  open: z
    .enum(['keep', 'release'])
    .optional()
    .meta({ description: 'What becomes of conversations that are still open.' }),
});

const signedIn = z.object({
  agent: agentShape,
  csrfToken: z
    .string()
    .meta({ description: 'For the header X-CSRF-Token beside the cookie, except for reads.' }),
  expiresAt: instant,
});

export const signIn = endpoint({
  id: 'signIn',
  method: 'post',
  path: '/sessions',
  summary: 'Signs in with e-mail address and password',
  description:
    'The answer sets the cookie `switchyard_session`; programs use the token as `Authorization: Bearer` instead. ' +
    'An unknown address and a wrong password are answered alike.',
  body: z.strictObject({
    email: emailAddress,
    password: z.string().min(1).max(200),
    state: z.enum(['available', 'paused']).default('available'),
  }),
  response: signedIn.extend({ token: z.string() }),
  status: 201,
  errors: ['SIGN_IN_FAILED', 'RATE_LIMITED', 'IDEMPOTENCY_MISMATCH'],
  access: 'public',
  idempotent: true,
});

export const getCurrentSession = endpoint({
  id: 'getCurrentSession',
  method: 'get',
  path: '/sessions/current',
  summary: 'Says who you are',
  response: signedIn,
  errors: [],
  access: 'agent',
});

export const heartbeat = endpoint({
  id: 'heartbeat',
  method: 'post',
  path: '/sessions/current/heartbeat',
  summary: 'A sign of life; without one for a minute you count as absent',
  errors: [],
  access: 'agent',
  idempotent: true,
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'delete',
  path: '/sessions/current',
  summary: 'Signs out',
  description:
    'The settings say what becomes of conversations that you hold, and whether you may go.',
  query: openQuery,
  errors: ['OPEN_CONVERSATIONS', 'LOGOUT_REFUSED'],
  access: 'agent',
});

export const sessionsEndpoints = [signIn, getCurrentSession, heartbeat, signOut];
