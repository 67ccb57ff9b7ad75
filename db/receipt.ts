import { workload } from '../core/capacity/units';
import type { PassedOver } from '../core/routing/candidate';
import type { Ranked } from '../core/routing/rank';
import type { Candidates } from './candidates';
import type { Tx } from './client';
import { newId } from './ids';
import { prepared } from './prepared';

/** What is said of those who are not there for this conversation, however little they have to do. */
const NOBODY_IN: readonly (PassedOver | null)[] = [
  'not logged in',
  'paused',
  'not a member',
  'channel kind',
];

/** How many candidates a receipt keeps. */
const KEPT = 8;

/**
 * What the wait so far is put down to: while it lasts, to what keeps it waiting now ($11); at its end, to what the last
 * look found. A conversation that was placed at its first look has not waited for anybody.
 */
const INSERT = prepared(
  `INSERT INTO decision_receipt (id, conversation_id, claim_no, result, agent_id, queue_id, policy_version, trigger,
                                 rule, seed, candidates, wait_ms, wait_cause, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $12, $13, $9, $10,
     coalesce((SELECT jsonb_build_object(cause.name, $10::int) FROM (
       SELECT coalesce($11::text, (
         SELECT (SELECT jsonb_object_keys(r.wait_cause) LIMIT 1) FROM decision_receipt r
          WHERE r.conversation_id = $2 AND r.result = 'waiting' ORDER BY r.created_at DESC LIMIT 1)) AS name) cause
        WHERE cause.name IS NOT NULL), '{}'),
     app_now())`,
);

/**
 * Writes why a conversation went where it went, or why it waits: the first candidates with their load and what spoke
 * against each, the rule and its version, and the wait so far by cause.
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
  const waiting = decision.result === 'waiting';
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
    waiting ? causeNow(decision) : null,
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

function causeNow({
  open,
  ranked,
}: Candidates): 'closed' | 'nobody in' | 'all full' | 'offer ignored' {
  if (!open) return 'closed';
  const reasons = new Set(ranked.map(({ passedOver }) => passedOver));
  if (reasons.has('excluded this round')) return 'offer ignored';
  return [...reasons].every((reason) => NOBODY_IN.includes(reason)) ? 'nobody in' : 'all full';
}
