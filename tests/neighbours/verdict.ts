/** What the database holds at the end, against what the clients were told. */
import type { Database } from '../../db/client';
import type { Load } from './load';

export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  /** Conversations whose counters are not those of their messages. */
  readonly halfDone: number;
}

export async function judge(
  db: Database,
  load: Pick<Load, 'accepted' | 'replies'>,
): Promise<Verdict> {
  const stored = await db.query<{ id: string; text: string }>('SELECT id, text FROM message');
  const ids = new Set(stored.map(({ id }) => id));
  const texts = new Set(stored.map(({ text }) => text));
  const odd = await db.query(
    `SELECT c.id FROM conversation c JOIN message m ON m.conversation_id = c.id
      GROUP BY c.id HAVING c.last_seq <> max(m.seq) OR c.last_seq <> count(*)`,
  );
  const told = [...load.accepted.values(), ...load.replies];
  return {
    lost: told.filter((id) => !ids.has(id)).length,
    // Every text of the load is written once.
    doubled: stored.length - texts.size,
    halfDone: odd.length,
  };
}

/** What nobody has taken care of yet. All zero where everything has come to rest. */
export async function leftOver(db: Database): Promise<Record<string, number>> {
  const rows = await db.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM conversation WHERE loaded_version = 0) AS unknown,
            (SELECT count(*)::int FROM conversation WHERE placement = 'queued') AS waiting,
            (SELECT count(*)::int FROM command WHERE outcome IS NULL) AS commands,
            (SELECT count(*)::int FROM hand_out) AS "handOuts"`,
  );
  return rows[0] ?? {};
}

export const isAtRest = (left: Record<string, number>): boolean =>
  Object.values(left).every((count) => count === 0);
