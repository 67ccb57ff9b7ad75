import type { UnitOverrides } from '../../core/capacity/units';
import type { Tx } from '../client';
import { prepared } from '../prepared';
import { writeHandOut } from '../conversation/write-conversation';

/** What eligibility and distribution go by, as the agent's row has it. */
export interface AgentFacts {
  id: string;
  state: 'logged_off' | 'available' | 'paused';
  state_since: Date;
  absent_since: Date | null;
  on_call: boolean;
  channel_kinds: string[];
  skills: string[];
  max_units: number;
  unit_overrides: UnitOverrides;
  most_of_kinds: Partial<Record<string, number>>;
  used_units: number;
  /** Open and waiting conversations by "queue/kind". */
  holding: Record<string, number>;
  in_conversation: boolean;
  idle_since: Date | null;
  last_assigned_at: Date | null;
  notified_at: Date | null;
}

/** The same as columns of `a`. */
export const AGENT_FACTS = `a.id, a.state, a.state_since, a.absent_since, a.on_call, a.channel_kinds, a.skills, a.max_units,
  a.unit_overrides, a.most_of_kinds, a.used_units, a.holding, a.in_conversation, a.idle_since, a.last_assigned_at,
  a.notified_at`;

/** An agent under lock. */
export interface LockedAgent extends AgentFacts {
  name: string;
  role: 'agent' | 'supervisor' | 'admin';
  missed_offers: number;
}

/** Logged in means a session and nobody missing it. Judged under the agent's lock. */
export function isLoggedIn(agent: Pick<LockedAgent, 'state' | 'absent_since'>): boolean {
  return agent.state !== 'logged_off' && agent.absent_since === null;
}

const LOCK = prepared(
  `SELECT ${AGENT_FACTS}, a.name, a.role, a.missed_offers
     FROM agent a WHERE a.id = ANY($1) ORDER BY a.id FOR NO KEY UPDATE`,
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
  prepared(`
    UPDATE agent a SET ${set} used_units = h.units, holding = h.holding, in_conversation = h.in_conversation,
           idle_since = CASE WHEN h.holding = '{}' THEN coalesce(a.idle_since, app_now()) END
      FROM (SELECT coalesce(sum(units), 0) AS units,
                   coalesce(jsonb_object_agg(key, n) FILTER (WHERE n > 0), '{}') AS holding,
                   coalesce(bool_or(n > 0 AND eligibility = 'incall'), false) AS in_conversation
              FROM (SELECT c.queue_id || '/' || c.channel_kind AS key, q.eligibility, sum(c.units) AS units,
                           count(*) FILTER (WHERE c.status IN ('open', 'waiting')) AS n
                      FROM (SELECT queue_id, channel_kind, status, reserved_units AS units
                              FROM conversation WHERE owner_id = $1
                             UNION ALL
                            SELECT queue_id, channel_kind, status, transfer_units
                              FROM conversation WHERE transfer_to_id = $1) c
                      JOIN queue q ON q.id = c.queue_id
                     GROUP BY c.queue_id, c.channel_kind, q.eligibility) g) h
     WHERE a.id = $1 RETURNING a.used_units, a.holding, a.in_conversation`);
const LOAD = loadSql('');
const LOAD_AFTER = {
  offer: loadSql('notified_at = $2,'),
  handOut: loadSql('last_assigned_at = $2, notified_at = $2,'),
  claim: loadSql('last_assigned_at = $2, missed_offers = 0,'),
};

/** By what an agent got something: an offer, an assignment of the product, an own accept or take. */
export interface Got {
  readonly by: keyof typeof LOAD_AFTER;
  readonly at: Date;
}

/**
 * Writes the load of a locked agent as the sum over what it has and is offered, so it cannot drift, and asks for a hand-out
 * where the agent may get more than before.
 */
export async function writeLoad(
  tx: Tx,
  agent: LockedAgent,
  reason: string,
  got?: Got,
): Promise<void> {
  const rows = await tx.query<Pick<LockedAgent, 'used_units' | 'holding' | 'in_conversation'>>(
    got ? LOAD_AFTER[got.by] : LOAD,
    [agent.id, ...(got ? [got.at] : [])],
  );
  tx.effects.agents.add(agent.id);
  const [now] = rows;
  if (!now) return;
  const freed =
    now.used_units < agent.used_units ||
    countOf(now.holding) < countOf(agent.holding) ||
    (agent.in_conversation && !now.in_conversation);
  if (freed && isLoggedIn(agent)) await writeHandOut(tx, { agentId: agent.id }, reason);
  Object.assign(agent, now);
}

/** Conversations that an agent holds: all of them, of one queue, or of one kind. */
export function countOf(
  holding: AgentFacts['holding'],
  of: { readonly queueId?: string; readonly kind?: string } = {},
): number {
  return Object.entries(holding).reduce((sum, [key, count]) => {
    const [queueId, kind] = key.split('/');
    const counts =
      (of.queueId ?? queueId) === queueId && (of.kind === undefined || of.kind === kind);
    return counts ? sum + count : sum;
  }, 0);
}
