/** What becomes of conversations whose agent is on a pause for too long. */
import type { Database } from '../client';
import type { Effects } from '../effects';
import { releaseAll, underLock } from './presence';

/** A conversation that its agent got during the pause has its own time from then on. `$1` in minutes. */
const HELD_TOO_LONG = `
  a.state = 'paused' AND c.placement = 'assigned' AND c.status IN ('open', 'waiting')
  AND greatest(a.state_since, c.held_since) + make_interval(mins => $1::int) < app_now()
  AND NOT EXISTS (SELECT 1 FROM command m
                   WHERE m.conversation_id = c.id AND m.name = 'release' AND m.outcome IS NULL)`;

/** Agents who are on a pause and have held something for longer than so many minutes of it. */
export async function overduePauses(db: Database, minutes: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT a.id FROM agent a JOIN conversation c ON c.owner_id = a.id
      WHERE ${HELD_TOO_LONG} ORDER BY a.id LIMIT 100`,
    [minutes],
  );
  return rows.map((row) => row.id);
}

/** Releases what an agent holds for too long on a pause. Void where the pause is over before it is decided. */
export function releaseOfPaused(
  db: Database,
  agentId: string,
  minutes: number,
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    if (agent.state !== 'paused') return;
    const late = await tx.query<{ id: string }>(
      `SELECT c.id FROM agent a JOIN conversation c ON c.owner_id = a.id
        WHERE a.id = $2 AND ${HELD_TOO_LONG}`,
      [minutes, agentId],
    );
    await releaseAll(
      tx,
      agent,
      late.map(({ id }) => id),
      { cause: 'agent paused', giver: { kind: 'system' }, awaySince: agent.state_since },
    );
  });
}
