/** Sign-ins: who may have one, and whose token is whose. Tokens are stored as hashes only. */
import { createHash } from 'node:crypto';
import { AppError } from '../../core/errors';
import type { Database, Tx } from '../client';

export interface SessionOwner {
  readonly sessionId: string;
  readonly agentId: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly name: string;
  readonly expiresAt: Date;
  /** Since when nothing was heard of this session, milliseconds. */
  readonly silentMs: number;
}

/** How long a sign-in holds at most. */
const SESSION_DAYS = 30;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The owner of a session that still runs, or null for a token that is unknown, ended or expired. */
export async function sessionByToken(db: Database, token: string): Promise<SessionOwner | null> {
  const rows = await db.query<{
    id: string;
    agent_id: string;
    role: SessionOwner['role'];
    name: string;
    expires_at: Date;
    silent_ms: number;
  }>(
    `SELECT s.id, s.agent_id, a.role, a.name, s.expires_at,
            (extract(epoch FROM app_now() - s.last_seen_at) * 1000)::float8 AS silent_ms
       FROM session s JOIN agent a ON a.id = s.agent_id
      WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > app_now()
        AND a.archived_at IS NULL`,
    [hashOf(token)],
  );
  const row = rows[0];
  return row
    ? {
        sessionId: row.id,
        agentId: row.agent_id,
        role: row.role,
        name: row.name,
        expiresAt: row.expires_at,
        silentMs: row.silent_ms,
      }
    : null;
}

export interface Credentials {
  readonly agentId: string;
  readonly passwordHash: string;
}

/** What a password is checked against, or null where nobody who may sign in has this address. */
export async function credentialsOf(db: Database, email: string): Promise<Credentials | null> {
  const rows = await db.query<{ id: string; password_hash: string }>(
    'SELECT id, password_hash FROM agent WHERE email = $1 AND archived_at IS NULL',
    [email],
  );
  return rows[0] ? { agentId: rows[0].id, passwordHash: rows[0].password_hash } : null;
}

export interface FoundSession {
  readonly expiresAt: Date;
  readonly ended: boolean;
}

/** Writes a session, or finds the one that a repeated sign-in made before. */
export async function findOrInsertSession(
  on: Pick<Database | Tx, 'query'>,
  session: { id: string; agentId: string; token: string; userAgent: string | null },
): Promise<FoundSession> {
  const rows = await on.query<{ expires_at: Date; ended: boolean }>(
    `INSERT INTO session AS s (id, agent_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $4, app_now(), app_now(), app_now() + make_interval(days => $5))
     ON CONFLICT (id) DO UPDATE SET user_agent = s.user_agent
     RETURNING expires_at, ended_at IS NOT NULL OR expires_at <= app_now() AS ended`,
    [session.id, session.agentId, hashOf(session.token), session.userAgent, SESSION_DAYS],
  );
  const row = rows[0];
  return { expiresAt: row?.expires_at ?? new Date(0), ended: row?.ended ?? true };
}

/** When a session ends by itself. @throws AppError UNAUTHENTICATED where it is gone */
export async function sessionExpiry(db: Database, id: string): Promise<Date> {
  const rows = await db.query<{ expires_at: Date }>(
    'SELECT expires_at FROM session WHERE id = $1 AND ended_at IS NULL',
    [id],
  );
  if (!rows[0]) throw new AppError('UNAUTHENTICATED');
  return rows[0].expires_at;
}
