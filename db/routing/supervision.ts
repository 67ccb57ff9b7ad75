/** How queues and agents stand at one moment, for whoever oversees them. */
import { unitsOf, type UnitOverrides } from '../../core/capacity/units';
import { queueScope, type Viewer } from '../access';
import type { Database } from '../client';
import { iso } from '../conversation/views';

export interface QueueNow {
  readonly id: string;
  readonly name: string;
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly open: boolean;
  readonly nextChangeAt: string | null;
  readonly members: number;
  readonly loggedIn: number;
  readonly available: number;
  readonly waiting: number;
  readonly offered: number;
  readonly assigned: number;
  readonly snoozed: number;
  readonly longestSince: string | null;
  readonly alerted: number;
  readonly nextStepAt: string | null;
}

export interface AgentNow {
  readonly id: string;
  readonly name: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly pauseReason: string | null;
  readonly stateSince: string;
  readonly absent: boolean;
  readonly onCall: boolean;
  readonly inConversation: boolean;
  readonly usedUnits: number;
  readonly maxUnits: number;
  readonly queueIds: string[];
  readonly held: number;
  readonly offered: number;
  /** Live chats that still fit. */
  readonly room: number;
}

export interface Supervision {
  /** ISO 8601, by the database's clock. */
  readonly at: string;
  readonly queues: QueueNow[];
  readonly agents: AgentNow[];
}

const HERE = `a.state <> 'logged_off' AND a.absent_since IS NULL`;
const IN_LINE = `c.status = 'open' AND c.placement IN ('queued', 'offered')`;

const QUEUES = (scope: string): string => `
  SELECT q.id, q.name, q.delivery, q.open, ${iso('q.next_change_at')} AS "nextChangeAt",
         m.members, m."loggedIn", m.available, n.*
    FROM queue q
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS members,
            count(*) FILTER (WHERE ${HERE})::int AS "loggedIn",
            count(*) FILTER (WHERE ${HERE} AND a.state = 'available')::int AS available
       FROM queue_member qm JOIN agent a ON a.id = qm.agent_id
      WHERE qm.queue_id = q.id AND a.archived_at IS NULL) m
   CROSS JOIN LATERAL (
     SELECT count(*) FILTER (WHERE c.status = 'open' AND c.placement = 'queued')::int AS waiting,
            count(*) FILTER (WHERE c.status = 'open' AND c.placement = 'offered')::int AS offered,
            count(*) FILTER (WHERE c.status = 'open' AND c.placement = 'assigned')::int AS assigned,
            count(*) FILTER (WHERE c.status = 'waiting')::int AS snoozed,
            ${iso(`min(c.queued_since) FILTER (WHERE ${IN_LINE})`)} AS "longestSince",
            count(c.alerted_at) FILTER (WHERE ${IN_LINE})::int AS alerted,
            ${iso(`min(c.ladder_at) FILTER (WHERE ${IN_LINE})`)} AS "nextStepAt"
       FROM conversation c WHERE c.queue_id = q.id AND c.status <> 'closed') n
   WHERE q.archived_at IS NULL AND ${scope}
   ORDER BY q.name, q.id`;

const AGENTS = (scope: string, all: string): string => `
  SELECT a.id, a.name, a.role, a.state, a.pause_reason AS "pauseReason", ${iso('a.state_since')} AS "stateSince",
         a.state <> 'logged_off' AND a.absent_since IS NOT NULL AS absent, a.on_call AS "onCall",
         a.in_conversation AS "inConversation", a.used_units AS "usedUnits", a.max_units AS "maxUnits",
         a.unit_overrides AS overrides, q.ids AS "queueIds", n.held, n.offered
    FROM agent a
   CROSS JOIN LATERAL (
     SELECT coalesce(array_agg(qm.queue_id), '{}') AS ids, coalesce(bool_or(${scope}), false) AS seen
       FROM queue_member qm WHERE qm.agent_id = a.id) q
   CROSS JOIN LATERAL (
     SELECT count(*) FILTER (WHERE c.placement = 'assigned')::int AS held,
            count(*) FILTER (WHERE c.placement = 'offered')::int AS offered
       FROM conversation c WHERE c.owner_id = a.id AND c.status IN ('open', 'waiting')) n
   WHERE a.archived_at IS NULL AND (q.seen OR (${all} AND a.state <> 'logged_off'))
   ORDER BY a.name, a.id`;

/** Everything that this person oversees, by name. */
export async function readSupervision(db: Database, viewer: Viewer): Promise<Supervision> {
  // Everybody oversees a queue that there is not, unless confined to some.
  const nowhere = `'00000000-0000-0000-0000-000000000000'::uuid`;
  const [[clock], queues, agents] = await Promise.all([
    db.query<{ at: string }>(`SELECT ${iso('app_now()')} AS at`),
    db.query<QueueNow & Record<string, unknown>>(QUEUES(queueScope(viewer, 'q.id', '$1')), [
      viewer.id,
    ]),
    db.query<Omit<AgentNow, 'room'> & { overrides: UnitOverrides } & Record<string, unknown>>(
      AGENTS(queueScope(viewer, 'qm.queue_id', '$1'), queueScope(viewer, nowhere, '$1')),
      [viewer.id],
    ),
  ]);
  return {
    at: clock?.at ?? new Date().toISOString(),
    queues,
    agents: agents.map(({ overrides, ...agent }) => ({ ...agent, room: roomOf(agent, overrides) })),
  };
}

function roomOf(agent: Omit<AgentNow, 'room'>, overrides: UnitOverrides): number {
  if (agent.state !== 'available' || agent.absent || agent.inConversation) return 0;
  const units = Math.max(1, unitsOf('live-chat', overrides, {}));
  return Math.max(0, Math.floor((agent.maxUnits - agent.usedUnits) / units));
}
