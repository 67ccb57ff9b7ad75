import { unitsOf, type UnitOverrides } from '../../core/capacity/units';
import type { Tx } from '../client';
import type { LockedAgent } from '../locked-agent';
import { prepared } from '../prepared';

export interface Head {
  readonly id: string;
  readonly queueId: string;
  /** What it would cost this agent. */
  readonly units: number;
}

/** One index probe a line, whatever the line's length. */
export const HEADS = prepared(
  `SELECT head.id, m.queue_id, k.kind, q.settings->'unitOverrides' AS unit_overrides
     FROM queue_member m JOIN queue q ON q.id = m.queue_id
    CROSS JOIN (SELECT DISTINCT kind FROM channel WHERE archived_at IS NULL) k
    CROSS JOIN LATERAL (
      SELECT c.id, c.order_key FROM conversation c
       WHERE c.queue_id = m.queue_id AND c.channel_kind = k.kind
         AND c.status = 'open' AND c.placement = 'queued'
         AND NOT c.excluded @> ARRAY[$1::uuid] AND c.id <> ALL($3::uuid[])
       ORDER BY c.order_key, c.id LIMIT 1) AS head
    WHERE m.agent_id = $1 AND q.delivery <> 'manual' AND q.archived_at IS NULL
      AND (cardinality($2::text[]) = 0 OR k.kind = ANY($2))
    ORDER BY head.order_key, head.id`,
);

/**
 * The heads of the lines that a locked agent can serve now, first in order first. A line is (queue, kind); one that
 * would cost more units than the agent has left is not compared. Rows that exclude the agent are passed over.
 */
export async function headsOfLines(
  tx: Tx,
  agent: LockedAgent,
  skipped: readonly string[],
): Promise<Head[]> {
  const rows = await tx.query<{
    id: string;
    queue_id: string;
    kind: string;
    unit_overrides: UnitOverrides | null;
  }>(HEADS, [agent.id, agent.channel_kinds, skipped]);
  const free = agent.max_units - agent.used_units;
  return rows
    .map((row) => ({
      id: row.id,
      queueId: row.queue_id,
      units: unitsOf(row.kind, agent.unit_overrides, row.unit_overrides ?? {}),
    }))
    .filter((head) => head.units <= free);
}
