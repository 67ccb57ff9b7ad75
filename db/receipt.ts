import { workload } from '../core/capacity/units';
import { passedOver } from '../core/routing/eligibility';
import type { Candidates } from './candidates';
import type { Tx } from './client';
import { newId } from './ids';

/** How many candidates a receipt keeps. */
const KEPT = 8;

/**
 * Writes why a conversation went where it went, or why it waits: the first candidates with their load and what spoke
 * against each, the rule and its version, and the wait so far by cause.
 */
export async function writeReceipt(
  tx: Tx,
  decision: Candidates & {
    readonly trigger: string;
    readonly result: 'offer' | 'assign' | 'waiting';
    readonly agentId?: string;
    readonly claimNo?: number;
  },
): Promise<void> {
  const candidates = decision.candidates.slice(0, KEPT).map((c) => ({
    agentId: c.agentId,
    workload: workload(c.usedUnits, c.maxUnits),
    passedOver: c.agentId === decision.agentId ? null : passedOver(c),
  }));
  await tx.query(
    `INSERT INTO decision_receipt (id, conversation_id, claim_no, result, agent_id, queue_id, policy_version, trigger,
                                   rule, candidates, wait_ms, wait_cause, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'capacity, least-loaded', $9, $10, $11, app_now())`,
    [
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
      JSON.stringify(await waitByCause(tx, decision)),
    ],
  );
}

/**
 * What the wait so far is put down to: while it lasts, to what keeps it waiting now; at its end, to what the last look
 * found. A conversation that was placed at its first look has not waited for anybody.
 */
async function waitByCause(
  tx: Tx,
  decision: Candidates & { readonly result: string },
): Promise<Record<string, number>> {
  const cause =
    decision.result === 'waiting'
      ? causeNow(decision)
      : await lastCause(tx, decision.conversationId);
  return cause ? { [cause]: Math.round(decision.waitMs) } : {};
}

async function lastCause(tx: Tx, conversationId: string): Promise<string | null> {
  const rows = await tx.query<{ wait_cause: Record<string, number> }>(
    `SELECT wait_cause FROM decision_receipt WHERE conversation_id = $1 AND result = 'waiting'
      ORDER BY created_at DESC LIMIT 1`,
    [conversationId],
  );
  return Object.keys(rows[0]?.wait_cause ?? {})[0] ?? null;
}

function causeNow({ candidates }: Candidates): 'nobody in' | 'all full' | 'offer ignored' {
  const reasons = candidates.map(passedOver);
  if (reasons.includes('excluded this round')) return 'offer ignored';
  return reasons.includes('no free capacity') || reasons.includes(null) ? 'all full' : 'nobody in';
}
