import { workload } from '../../core/capacity/units';
import type { Ranked } from '../../core/routing/rank';
import { waitCauseNow } from '../../core/routing/wait-cause';
import type { Candidates } from './candidates';
import type { Tx } from '../client';
import { newId } from '../ids';
import { prepared } from '../prepared';

/** How many candidates a receipt keeps. */
const KEPT = 8;

const INSERT = prepared(
  `INSERT INTO decision_receipt (id, conversation_id, claim_no, result, agent_id, queue_id, policy_version, trigger,
                                 candidates, wait_ms, cause, rule, seed, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, app_now())`,
);

/**
 * Writes why a conversation went where it went, or why it waits: the first candidates with their load and what spoke
 * against each, the rule and its version, how long it has waited, and what keeps it waiting now. By what the wait so far
 * was spent is worked out when somebody reads it (`readReceipts`).
 */
export async function writeReceipt(
  tx: Tx,
  decision: Candidates & {
    readonly trigger: string;
    /** `pull`: left to agents, who take from this line by themselves. */
    readonly result: 'offer' | 'assign' | 'waiting' | 'pull';
    readonly agentId?: string;
    readonly claimNo?: number;
  },
): Promise<void> {
  const { rule, seed } = decision;
  const candidates = kept(decision).map(({ candidate: c, passedOver }) => ({
    agentId: c.agentId,
    workload: workload(c.usedUnits, c.maxUnits),
    passedOver: c.agentId === decision.agentId ? null : passedOver,
  }));
  await tx.query(INSERT, [
    newId(),
    decision.conversationId,
    decision.claimNo ?? null,
    decision.result,
    decision.agentId ?? null,
    decision.queueId,
    decision.policyVersion,
    decision.trigger,
    JSON.stringify(candidates),
    Math.round(decision.waitMs),
    decision.result === 'waiting' ? waitCauseNow(decision.open, decision.ranked) : null,
    `${rule.eligibility}, ${rule.distribution}`,
    seed,
  ]);
}

/** The first in order, and whoever got it. */
function kept({ ranked, agentId }: Candidates & { readonly agentId?: string }): readonly Ranked[] {
  const first = ranked.slice(0, KEPT);
  const chosen = ranked.slice(KEPT).filter(({ candidate }) => candidate.agentId === agentId);
  return [...first, ...chosen];
}
