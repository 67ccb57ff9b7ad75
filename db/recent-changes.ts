/** The poll behind the wake-ups: which conversations were written to lately, and which of known ones have moved on. */
import type { Database } from './client';
import { prepared } from './prepared';

export interface Recent {
  /** Ask from here the next time: whatever commits later was written by this transaction or a younger one. */
  readonly horizon: string;
  readonly changed: readonly { readonly id: string; readonly rev: number }[];
}

/** Where a poll begins that wants what is committed from now on. */
export async function pollHorizon(db: Pick<Database, 'query'>): Promise<string> {
  const rows = await db.query<{ horizon: string }>(
    'SELECT txid_snapshot_xmin(txid_current_snapshot())::text AS horizon',
  );
  return rows[0]?.horizon ?? '0';
}

/**
 * Conversations with a message or an event written since. It re-reads back to the oldest transaction that was open at
 * the last poll, so one that commits late is not missed; the same conversation may come again with the same rev.
 */
export async function changedSince(db: Pick<Database, 'query'>, horizon: string): Promise<Recent> {
  const rows = await db.query<{ horizon: string; id: string | null; rev: string | null }>(
    `WITH lately AS (
       SELECT conversation_id AS id FROM message WHERE xid >= $1::bigint
        UNION SELECT conversation_id FROM conversation_event WHERE xid >= $1::bigint)
     SELECT txid_snapshot_xmin(txid_current_snapshot())::text AS horizon, c.id, c.rev
       FROM (SELECT) one LEFT JOIN (lately JOIN conversation c USING (id)) ON true`,
    [horizon],
  );
  return {
    horizon: rows[0]?.horizon ?? horizon,
    changed: rows.flatMap((row) => (row.id ? [{ id: row.id, rev: Number(row.rev) }] : [])),
  };
}

const MOVED_ON = prepared(`
  SELECT c.id, c.rev FROM unnest($1::uuid[], $2::bigint[]) AS known(id, rev)
    JOIN conversation c ON c.id = known.id AND c.rev > known.rev`);

/** Of these conversations, given with the revs that are known of them, those that are further, with their present revs. */
export async function movedOn(
  db: Pick<Database, 'query'>,
  known: ReadonlyMap<string, number>,
): Promise<[id: string, rev: number][]> {
  if (known.size === 0) return [];
  const rows = await db.query<{ id: string; rev: string }>(MOVED_ON, [
    [...known.keys()],
    [...known.values()],
  ]);
  return rows.map((row) => [row.id, Number(row.rev)]);
}
