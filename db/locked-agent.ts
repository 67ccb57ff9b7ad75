import type { UnitOverrides } from '../core/capacity/units';
import type { Tx } from './client';
import { prepared } from './prepared';
import { writeHandOut } from './write-conversation';

/** An agent under lock: what capacity and presence are judged by. */
export interface LockedAgent {
  id: string;
  name: string;
  role: 'agent' | 'supervisor' | 'admin';
  state: 'logged_off' | 'available' | 'paused';
  absent_since: Date | null;
  channel_kinds: string[];
  max_units: number;
  unit_overrides: UnitOverrides;
  used_units: number;
  missed_offers: number;
  last_assigned_at: Date | null;
}

/** Logged in means a session and nobody missing it. Judged under the agent's lock. */
export function isLoggedIn(agent: Pick<LockedAgent, 'state' | 'absent_since'>): boolean {
  return agent.state !== 'logged_off' && agent.absent_since === null;
}

const LOCK = prepared(
  `SELECT id, name, role, state, absent_since, channel_kinds, max_units, unit_overrides, used_units,
          missed_offers, last_assigned_at
     FROM agent WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
);

/**
 * Locks agents in the one order (by id). Unknown ids are left out. What Postgres answers is the version that it has
 * locked, also where it had to wait for it; that holds for the columns of the locked row itself and for nothing else.
 */
export async function lockAgents(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<Map<string, LockedAgent>> {
  const unique = [...new Set(ids.filter((id): id is string => id !== null))];
  if (unique.length === 0) return new Map();
  const rows = await tx.query<LockedAgent>(LOCK, [unique]);
  return new Map(rows.map((row) => [row.id, row]));
}

const loadSql = (set: string): string =>
  prepared(
    `UPDATE agent SET ${set} used_units = coalesce(
        (SELECT sum(reserved_units) FROM conversation WHERE owner_id = $1), 0)
      WHERE id = $1 RETURNING used_units`,
  );
const LOAD = loadSql('');
const LOAD_GIVEN = loadSql('last_assigned_at = $2,');
const LOAD_CLAIMED = loadSql('last_assigned_at = $2, missed_offers = 0,');

/**
 * Writes the load of a locked agent as the sum over the rows it owns, so it cannot drift, and asks for a hand-out
 * where units became free. `got` says that the agent has just got a conversation: handed out, or by an own claim.
 */
export async function writeLoad(
  tx: Tx,
  agent: LockedAgent,
  reason: string,
  got?: { readonly by: 'handOut' | 'claim'; readonly at: Date },
): Promise<void> {
  const sql = got ? (got.by === 'claim' ? LOAD_CLAIMED : LOAD_GIVEN) : LOAD;
  const rows = await tx.query<{ used_units: number }>(sql, [agent.id, ...(got ? [got.at] : [])]);
  const used = rows[0]?.used_units ?? 0;
  tx.effects.agents.add(agent.id);
  if (used < agent.used_units && isLoggedIn(agent))
    await writeHandOut(tx, { agentId: agent.id }, reason);
  agent.used_units = used;
}
