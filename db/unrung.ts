import type { Database } from './client';

const PAGE = 200;

/**
 * A ring that does not help is repeated after 2 s, then after thrice the time that has passed, up to every 5 min: what
 * Temporal has taken is not lost, and workers who are behind would fall back further with each ring; those that were
 * away for hours must not find a history full of them. `since` is when the need arose. A ring in the future is one from
 * before the clock was set back.
 */
const RING_AGAIN = `c.rung_at IS NULL OR c.rung_at > app_now() + interval '1 s' OR app_now() - c.rung_at >
  least(greatest((c.rung_at - due.since) * 2, interval '2 s'), interval '5 min')`;

/** Marks the rows of `due` (id, since) as rung; rows that another relay is marking are left to it. */
const takeDue = (due: string): string => `
  WITH due AS (SELECT id, min(since) AS since FROM (${due}) AS need(id, since) GROUP BY id),
  locked AS (
    SELECT c.id FROM conversation c JOIN due USING (id)
     WHERE ${RING_AGAIN} LIMIT $1 FOR NO KEY UPDATE OF c SKIP LOCKED)
  UPDATE conversation c SET rung_at = app_now() FROM locked WHERE c.id = locked.id
  RETURNING c.id, c.channel_kind`;

const UNRUNG = takeDue(`
  (SELECT conversation_id, created_at FROM command WHERE outcome IS NULL LIMIT $1)
  UNION ALL (SELECT c.id, k.created_at FROM conversation c
               JOIN claim k ON k.conversation_id = c.id AND k.claim_no = c.claim_no
              WHERE c.claim_no > c.seen_claim_no LIMIT $1)
  UNION ALL (SELECT id, created_at FROM conversation WHERE loaded_version = 0 LIMIT $1)
  UNION ALL (SELECT id, next_deadline_at FROM conversation
              WHERE next_deadline_at IS NOT NULL AND next_deadline_at < app_now() - interval '4 s'
              ORDER BY next_deadline_at LIMIT $1)`);

const UNDELIVERED = takeDue(`
  SELECT conversation_id, greatest(created_at, lease_until, next_attempt_at) FROM message
   WHERE delivery IN ('pending', 'sending')
     AND greatest(created_at, lease_until, next_attempt_at) < app_now() - interval '4 s'
   LIMIT $1`);

/**
 * Conversations whose workflow must be rung: a command without outcome, a claim not seen, a row never loaded, a
 * deadline passed by 4 s. They are marked as rung. No lock outlives the statement.
 */
export async function takeUnrung(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>(UNRUNG, [PAGE]);
  return rows.map((r) => r.id);
}

/** Rings of these conversations did not get through: they are due again at once. */
export async function ringsFailed(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query('UPDATE conversation SET rung_at = NULL WHERE id = ANY($1)', [ids]);
}

/** Conversations with a message that has waited to be sent for some seconds; marked as rung like the others. */
export async function takeUndelivered(
  db: Database,
): Promise<{ id: string; channelKind: string }[]> {
  const rows = await db.query<{ id: string; channel_kind: string }>(UNDELIVERED, [PAGE]);
  return rows.map((r) => ({ id: r.id, channelKind: r.channel_kind }));
}

/** Offers whose time has been over for 5 s and that nobody has taken back. */
export async function lapsedOffers(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM conversation
      WHERE next_deadline_at < app_now() - interval '5 s' AND placement = 'offered'
        AND expires_at < app_now() - interval '5 s' LIMIT $1`,
    [PAGE],
  );
  return rows.map((r) => r.id);
}

/** Rows of hand_out whose process has probably died. Serving one twice is harmless. */
export async function leftHandOuts(
  db: Database,
): Promise<
  { id: string; agentId: string | null; conversationId: string | null; reason: string }[]
> {
  const rows = await db.query<{
    id: string;
    agent_id: string | null;
    conversation_id: string | null;
    reason: string;
  }>(
    `SELECT id, agent_id, conversation_id, reason FROM hand_out
      WHERE created_at < app_now() - interval '2 s' ORDER BY id LIMIT $1`,
    [PAGE],
  );
  return rows.map((r) => ({
    id: r.id,
    agentId: r.agent_id,
    conversationId: r.conversation_id,
    reason: r.reason,
  }));
}
