import type { UnitOverrides } from '../core/capacity/units';
import type { Tx } from './client';
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

/** Locks agents in the one order (by id), then reads them in a second statement. Unknown ids are left out. */
export async function lockAgents(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<Map<string, LockedAgent>> {
  const unique = [...new Set(ids.filter((id): id is string => id !== null))];
  if (unique.length === 0) return new Map();
  await tx.query('SELECT 1 FROM agent WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [unique]);
  const rows = await tx.query<LockedAgent>(
    `SELECT id, name, role, state, absent_since, channel_kinds, max_units, unit_overrides, used_units,
            missed_offers, last_assigned_at
       FROM agent WHERE id = ANY($1)`,
    [unique],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Writes the load of a locked agent as the sum over the rows it owns, so it cannot drift, and asks for a hand-out
 * where units became free.
 */
export async function writeLoad(tx: Tx, agent: LockedAgent, reason: string): Promise<void> {
  const rows = await tx.query<{ used_units: number }>(
    `UPDATE agent SET used_units = coalesce(
        (SELECT sum(reserved_units) FROM conversation WHERE owner_id = $1), 0)
      WHERE id = $1 RETURNING used_units`,
    [agent.id],
  );
  const used = rows[0]?.used_units ?? 0;
  tx.effects.agents.add(agent.id);
  if (used < agent.used_units && isLoggedIn(agent))
    await writeHandOut(tx, { agentId: agent.id }, reason);
  agent.used_units = used;
}
