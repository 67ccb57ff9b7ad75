/** What was done how often, so that a search can show what it has looked at. */
import type { Database } from '../../db/client';

export interface Counts {
  made: number;
  refused: number;
  /** There was nothing to do it on. */
  idle: number;
}

export class Tally {
  readonly rows = new Map<string, Counts>();

  add(kind: string, how: keyof Counts = 'made', times = 1): void {
    const counts = this.rows.get(kind) ?? { made: 0, refused: 0, idle: 0 };
    counts[how] += times;
    this.rows.set(kind, counts);
  }
}

/** Adds what a play has left in the tables: which events, claims and outcomes of commands there were. */
export async function countInto(tally: Tally, db: Database): Promise<void> {
  const rows = await db.query<{ what: string; times: number }>(
    `SELECT 'event: ' || kind AS what, count(*)::int AS times FROM conversation_event GROUP BY kind
     UNION ALL SELECT 'claim: ' || kind, count(*)::int FROM claim GROUP BY kind
     UNION ALL SELECT 'outcome: ' || name || ' ' || outcome, count(*)::int FROM command
                WHERE outcome IS NOT NULL GROUP BY name, outcome
     UNION ALL SELECT 'superseded', count(*)::int FROM conversation WHERE superseded_by_id IS NOT NULL`,
  );
  for (const { what, times } of rows) tally.add(what, 'made', times);
}
