import type { DistributionName } from '../../core/routing/distribution/distributions';
import {
  eligibilityOf,
  passedOver,
  type EligibilityName,
} from '../../core/routing/eligibility/eligibility';
import type { QueueSettings } from '../../core/routing/policy';
import { isHandedOut, ruleFor } from '../../core/routing/rank';
import { NO_WISHES } from '../../core/routing/wishes';
import { ANY_MEMBER, toCandidate } from './candidates';
import type { Tx } from '../client';
import type { LockedAgent } from '../agents/locked-agent';
import { prepared } from '../prepared';

export interface Head {
  readonly id: string;
  readonly queueId: string;
  readonly line: string;
  /** Whether the agent may get another one of this line, once this one is held. */
  mayGetMore(agent: LockedAgent): boolean;
}

/**
 * One index probe a line, whatever the line's length: the plain line of each queue and kind, the agent's own where
 * conversations are kept for agents, and those whose skills the agent has ($5). Of a closed queue only $4 is looked at.
 * What came by a channel that is archived by now still has its line.
 */
export const HEADS = prepared(
  `SELECT head.id, m.queue_id, k.kind, n.line, q.delivery, q.eligibility, q.distribution, q.settings
     FROM queue_member m JOIN queue q ON q.id = m.queue_id
    CROSS JOIN (SELECT DISTINCT kind FROM channel) k
    CROSS JOIN LATERAL (
      SELECT '' AS line
       UNION ALL SELECT 'agent:' || $1::uuid WHERE q.settings->'returning'->>'mode' = 'wait'
       UNION ALL SELECT l.line FROM waiting_line l
                  WHERE l.queue_id = m.queue_id AND l.kind = k.kind AND l.skills <@ $5::text[]) n
    CROSS JOIN LATERAL (
      SELECT c.id, c.order_key FROM conversation c
       WHERE c.queue_id = m.queue_id AND c.channel_kind = k.kind AND c.line = n.line
         AND c.status = 'open' AND c.placement = 'queued'
         AND NOT c.excluded @> ARRAY[$1::uuid] AND c.id <> ALL($3::uuid[])
         AND (q.open OR c.id = $4::uuid)
       ORDER BY c.order_key, c.id LIMIT 1) AS head
    WHERE m.agent_id = $1 AND q.delivery <> 'manual' AND q.archived_at IS NULL
      AND (cardinality($2::text[]) = 0 OR k.kind = ANY($2))
    ORDER BY head.order_key, head.id`,
);

interface HeadRow {
  id: string;
  queue_id: string;
  kind: string;
  line: string;
  delivery: 'auto' | 'offer';
  eligibility: EligibilityName;
  distribution: DistributionName;
  settings: QueueSettings;
}

/**
 * The heads of the lines that a locked agent may be given of now, first in order first. A line is (queue, kind, skills
 * or agent); one whose rule speaks against the agent is not compared. Rows that exclude the agent are passed over, and those of closed
 * queues but for `tried`, which has just come.
 */
export async function headsOfLines(
  tx: Tx,
  agent: LockedAgent,
  skipped: readonly string[],
  tried: string | null,
): Promise<Head[]> {
  const values = [agent.id, agent.channel_kinds, skipped, tried, agent.skills];
  const rows = await tx.query<HeadRow>(HEADS, values);
  return rows.flatMap((row) => {
    const mayGet = (now: LockedAgent): boolean => speaksAgainst(now, row) === null;
    if (!mayGet(agent)) return [];
    return [{ id: row.id, queueId: row.queue_id, line: row.line, mayGetMore: mayGet }];
  });
}

function speaksAgainst(agent: LockedAgent, row: HeadRow): string | null {
  const { eligibility, settings, kind, queue_id: queueId } = row;
  const rule = ruleFor(row);
  if (!isHandedOut(rule, row.delivery)) return 'not handed out';
  const { unitOverrides = {} } = settings;
  const asked = { queueId, kind, unitOverrides, wishes: NO_WISHES };
  return passedOver(toCandidate(agent, asked, ANY_MEMBER), eligibilityOf(eligibility), rule);
}
