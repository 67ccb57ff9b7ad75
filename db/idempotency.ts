/** Answers to keyed requests, kept a day, so that a repeat is answered and not done again. */
import type { Database } from './client';

export interface KeyedRequest {
  /** Who asked. */
  readonly actor: string;
  readonly route: string;
  readonly key: string;
  /** Hash of all that was asked for. */
  readonly bodyHash: string;
}

export interface KeptAnswer {
  readonly status: number;
  /** As given to `keepAnswer`. */
  readonly body: unknown;
}

export type Begun =
  | { readonly state: 'mine' }
  | { readonly state: 'answered'; readonly answer: KeptAnswer }
  | { readonly state: 'running' }
  | { readonly state: 'other' };

/** After this long the process that began is taken for dead. */
const GIVEN_UP_SECONDS = 60;

const KEPT_HOURS = 24;

/** Takes the key for this process, or says what became of the request that took it first. */
export async function beginKeyed(db: Database, request: KeyedRequest): Promise<Begun> {
  const { actor, route, key, bodyHash } = request;
  // What is too old is as good as gone: its place is taken over in the same statement.
  const taken = await db.query(
    `INSERT INTO idempotency AS i (actor, route, key, body_hash, created_at)
     VALUES ($1, $2, $3, $4, app_now())
     ON CONFLICT (actor, route, key) DO UPDATE
        SET body_hash = excluded.body_hash, status = NULL, body = NULL, created_at = app_now()
      WHERE i.created_at < app_now() - make_interval(hours => $5)
         OR (i.status IS NULL AND i.body_hash = excluded.body_hash
             AND i.created_at < app_now() - make_interval(secs => $6))
     RETURNING 1`,
    [actor, route, key, bodyHash, KEPT_HOURS, GIVEN_UP_SECONDS],
  );
  if (taken.length > 0) return { state: 'mine' };
  const rows = await db.query<{ body_hash: string; status: number | null; body: unknown }>(
    'SELECT body_hash, status, body FROM idempotency WHERE actor = $1 AND route = $2 AND key = $3',
    [actor, route, key],
  );
  const row = rows[0];
  // Let go between the two statements: to the caller as if it were still running.
  if (!row) return { state: 'running' };
  if (row.body_hash !== bodyHash) return { state: 'other' };
  if (row.status === null) return { state: 'running' };
  return { state: 'answered', answer: { status: row.status, body: row.body } };
}

export async function keepAnswer(
  db: Database,
  request: KeyedRequest,
  answer: KeptAnswer,
): Promise<void> {
  await db.query(
    `UPDATE idempotency SET status = $5, body = $6
      WHERE actor = $1 AND route = $2 AND key = $3 AND body_hash = $4`,
    [
      request.actor,
      request.route,
      request.key,
      request.bodyHash,
      answer.status,
      JSON.stringify(answer.body),
    ],
  );
}

/** Lets the key go after a refusal: it left no trace, so the same request may be tried again. */
export async function releaseKey(db: Database, request: KeyedRequest): Promise<void> {
  await db.query(
    'DELETE FROM idempotency WHERE actor = $1 AND route = $2 AND key = $3 AND status IS NULL',
    [request.actor, request.route, request.key],
  );
}

/** Forgets what is older than a day. */
export async function forgetOldAnswers(db: Database): Promise<void> {
  await db.query(
    'DELETE FROM idempotency WHERE created_at < app_now() - make_interval(hours => $1)',
    [KEPT_HOURS],
  );
}
