import { unitsOf } from '../../core/capacity/units';
import type { QueueSettings } from '../../core/routing/policy';
import type { Tx } from '../client';
import type { LockedAgent } from '../locked-agent';

export interface Head {
  readonly id: string;
  readonly queueId: string;
  readonly orderKey: number;
}

/**
 * The heads of the lines that a locked agent can serve now, first in order first. A line is (queue, kind); one that
 * would cost more units than the agent has left is not compared. Rows that exclude the agent are passed over.
 * The cost is one index probe a line, whatever the line's length.
 */
export async function headsOfLines(
  tx: Tx,
  agent: LockedAgent,
  skipped: readonly string[],
): Promise<Head[]> {
  const lines = await linesOf(tx, agent);
  if (lines.length === 0) return [];
  const rows = await tx.query<{ id: string; queue_id: string; order_key: string }>(
    `SELECT head.id, line.queue_id, head.order_key
       FROM unnest($1::uuid[], $2::text[]) AS line(queue_id, kind)
      CROSS JOIN LATERAL (
        SELECT c.id, c.order_key FROM conversation c
         WHERE c.queue_id = line.queue_id AND c.channel_kind = line.kind
           AND c.status = 'open' AND c.placement = 'queued'
           AND NOT c.excluded @> ARRAY[$3::uuid] AND c.id <> ALL($4::uuid[])
         ORDER BY c.order_key, c.id LIMIT 1) AS head
      ORDER BY head.order_key, head.id`,
    [lines.map((l) => l.queueId), lines.map((l) => l.kind), agent.id, skipped],
  );
  return rows.map((r) => ({ id: r.id, queueId: r.queue_id, orderKey: Number(r.order_key) }));
}

/** Lines of the agent's queues that are handed out, and whose conversations fit into the agent's free units. */
async function linesOf(tx: Tx, agent: LockedAgent): Promise<{ queueId: string; kind: string }[]> {
  const rows = await tx.query<{ queue_id: string; kind: string; settings: QueueSettings }>(
    `SELECT m.queue_id, k.kind, q.settings
       FROM queue_member m JOIN queue q ON q.id = m.queue_id
      CROSS JOIN LATERAL (SELECT DISTINCT kind FROM channel WHERE archived_at IS NULL) k
      WHERE m.agent_id = $1 AND q.delivery <> 'manual' AND q.archived_at IS NULL
        AND (cardinality($2::text[]) = 0 OR k.kind = ANY($2))`,
    [agent.id, agent.channel_kinds],
  );
  const free = agent.max_units - agent.used_units;
  return rows
    .filter((r) => unitsOf(r.kind, agent.unit_overrides, r.settings.unitOverrides ?? {}) <= free)
    .map((r) => ({ queueId: r.queue_id, kind: r.kind }));
}
