/** Where a conversation may be transferred to: queues with their hours and people, agents with their load. */
import { workload } from '../../core/capacity/units';
import { closedQueueWarning } from '../../core/conversation/transfer-warning';
import { AppError } from '../../core/errors';
import type { Database } from '../client';
import { isLoggedIn } from '../agents/locked-agent';
import { iso } from '../conversation/views';

export interface TransferQueue {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly nextChangeAt: string | null;
  readonly members: number;
  /** Members who are logged in, and those of them who are available. */
  readonly loggedIn: number;
  readonly available: number;
}

interface Page {
  readonly limit: number;
  readonly after: readonly [name: string, id: string] | null;
}

/** Queues in use by name, those after `after`. */
export function transferQueues(
  db: Database,
  search: string | undefined,
  { limit, after }: Page,
): Promise<TransferQueue[]> {
  const here = `a.state <> 'logged_off' AND a.absent_since IS NULL`;
  return db.query<TransferQueue & Record<string, unknown>>(
    `SELECT q.id, q.name, q.open, ${iso('q.next_change_at')} AS "nextChangeAt",
            m.members, m."loggedIn", m.available
       FROM queue q CROSS JOIN LATERAL (
         SELECT count(*)::int AS members,
                count(*) FILTER (WHERE ${here})::int AS "loggedIn",
                count(*) FILTER (WHERE ${here} AND a.state = 'available')::int AS available
           FROM queue_member qm JOIN agent a ON a.id = qm.agent_id
          WHERE qm.queue_id = q.id AND a.archived_at IS NULL) m
      WHERE q.archived_at IS NULL
        AND ($1::text IS NULL OR position(lower($1) in lower(q.name)) > 0)
        AND ($2::text IS NULL OR (q.name, q.id) > ($2, $3::uuid))
      ORDER BY q.name, q.id LIMIT $4`,
    [search ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

export interface TransferAgent {
  readonly id: string;
  readonly name: string;
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly stateSince: string;
  /** Logged in and heard of lately: a transfer to anybody else is refused. */
  readonly loggedIn: boolean;
  readonly onCall: boolean;
  /** Percent of the agent's units. */
  readonly workload: number;
  readonly queueIds: string[];
}

/** Agents by name, those after `after`. */
export async function transferAgents(
  db: Database,
  filter: { readonly search?: string | undefined; readonly queueId?: string | undefined },
  { limit, after }: Page,
): Promise<TransferAgent[]> {
  const { search, queueId } = filter;
  const rows = await db.prisma.agent.findMany({
    where: {
      archivedAt: null,
      ...(search === undefined ? {} : { name: { contains: search, mode: 'insensitive' } }),
      ...(queueId === undefined ? {} : { memberships: { some: { queueId } } }),
      ...(after
        ? { OR: [{ name: { gt: after[0] } }, { name: after[0], id: { gt: after[1] } }] }
        : {}),
    },
    include: { memberships: { select: { queueId: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: row.state,
    stateSince: row.stateSince.toISOString(),
    loggedIn: isLoggedIn({ state: row.state, absent_since: row.absentSince }),
    onCall: row.onCall,
    workload: workload(row.usedUnits, row.maxUnits),
    queueIds: row.memberships.map((membership) => membership.queueId),
  }));
}

export interface TransferWarning {
  readonly code: 'QUEUE_CLOSED';
  readonly queueId: string;
  /** When it opens; null where it never does. */
  readonly opensAt: string | null;
  readonly message: string;
}

/** What speaks against a transfer to this queue without forbidding it. @throws AppError NOT_FOUND */
export async function transferWarnings(db: Database, queueId: string): Promise<TransferWarning[]> {
  const [queue] = await db.query<{ name: string; open: boolean; opens: Date | null; zone: string }>(
    `SELECT q.name, q.open, q.next_change_at AS opens, coalesce(
              (SELECT zone FROM calendar WHERE id = q.calendar_id),
              (SELECT zone FROM calendar WHERE is_global), 'UTC') AS zone
       FROM queue q WHERE q.id = $1`,
    [queueId],
  );
  if (!queue) throw new AppError('NOT_FOUND');
  const { name, open, opens, zone } = queue;
  if (open) return [];
  const message = closedQueueWarning(name, opens?.getTime() ?? null, zone);
  return [{ code: 'QUEUE_CLOSED', queueId, opensAt: opens?.toISOString() ?? null, message }];
}
