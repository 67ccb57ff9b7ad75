/** The claims that put an offered conversation back to its place in line: reject, lapse, withdraw. */
import { claimRefusal } from '../../core/conversation/states';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import { AppError } from '../../core/errors';
import { closeIfLeftBehind } from '../queues/closing-time';
import type { Database, Tx } from '../client';
import { StartAgain } from '../client';
import { withdrawTransfers } from './claim-transfer';
import { claimedBefore, writeClaim, type ClaimRow } from './claim-row';
import {
  deadlinesOf,
  lockRows,
  policyOf,
  readRow,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { lockAgents, writeLoad, type LockedAgent } from '../agents/locked-agent';
import { clockFor } from './queue-clock';
import { deadlineColumns, writeHandOut } from '../conversation/write-conversation';

interface Back {
  readonly kind: 'reject' | 'lapse' | 'withdraw';
  readonly agentId: string;
  readonly actor: ClaimRow['actor'];
  readonly key?: string;
  readonly cause?: string;
}

const EVENTS = {
  reject: 'offerRejected',
  lapse: 'offerMissed',
  withdraw: 'offerWithdrawn',
} as const;

/** The agent says no: the conversation keeps its place, and the agent is passed over for this round. */
export function rejectOffer(
  db: Database,
  conversationId: string,
  agentId: string,
  key: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    const row = (await lockRows(tx, [conversationId])).get(conversationId);
    if (!agent || !row) throw new AppError('NOT_FOUND');
    if (await claimedBefore(tx, conversationId, key, 'reject', agentId)) return;
    const code = claimRefusal(toState(row), 'reject');
    if (code) throw new AppError(code);
    if (row.owner_id !== agentId) throw new AppError('OFFER_GONE');
    await backToLine(tx, row, agent, {
      kind: 'reject',
      agentId,
      actor: { kind: 'agent', id: agentId },
      key,
    });
  });
}

/** Ends an offer whose time is over. Nothing happens where it was answered, or is not over yet. */
export function lapseOffer(
  db: Database,
  conversationId: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const before = await readRow(tx, conversationId);
    if (!before?.owner_id) return;
    const agent = (await lockAgents(tx, [before.owner_id])).get(before.owner_id);
    const row = (await lockRows(tx, [conversationId])).get(conversationId);
    if (!row || !agent) return;
    if (row.owner_id !== before.owner_id) throw new StartAgain();
    await lapseLocked(tx, row, agent);
  });
}

/** The same, on locked rows. Counts the missed offer once and pauses an agent who misses too many. */
export async function lapseLocked(tx: Tx, row: ConversationRow, agent: LockedAgent): Promise<void> {
  if (claimRefusal(toState(row), 'lapse') || row.owner_id !== agent.id) return;
  if (!row.expires_at || row.expires_at > row.now) return;
  const missed = agent.missed_offers + 1;
  const limit = policyOf(row).missedOffersToPause;
  const pause = limit > 0 && missed >= limit && agent.state === 'available';
  await tx.query(
    `UPDATE agent SET missed_offers = $2,
            state = CASE WHEN $3 THEN 'paused'::agent_state ELSE state END,
            pause_reason = CASE WHEN $3 THEN 'missed offers' ELSE pause_reason END,
            state_since = CASE WHEN $3 THEN app_now() ELSE state_since END
      WHERE id = $1`,
    [agent.id, pause ? 0 : missed, pause],
  );
  if (pause) agent.state = 'paused';
  await backToLine(tx, row, agent, { kind: 'lapse', agentId: agent.id, actor: { kind: 'timer' } });
}

/** Takes back every offer of a locked agent who leaves, pauses or loses a queue (all queues where none is named). */
export async function withdrawOffers(
  tx: Tx,
  agent: LockedAgent,
  cause: string,
  queueId?: string,
): Promise<void> {
  if (!queueId) await withdrawTransfers(tx, agent, cause);
  const offered = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE owner_id = $1 AND placement = 'offered' AND ($2::uuid IS NULL OR queue_id = $2)`,
    [agent.id, queueId ?? null],
  );
  const rows = await lockRows(
    tx,
    offered.map((o) => o.id),
  );
  for (const row of rows.values()) {
    if (claimRefusal(toState(row), 'withdraw') || row.owner_id !== agent.id) continue;
    await backToLine(tx, row, agent, {
      kind: 'withdraw',
      agentId: agent.id,
      actor: { kind: 'system' },
      cause,
    });
  }
}

async function backToLine(
  tx: Tx,
  row: ConversationRow,
  agent: LockedAgent,
  claim: Back,
): Promise<void> {
  const excludes = claim.kind !== 'withdraw';
  const excluded = excludes ? [...new Set([...row.excluded, agent.id])] : row.excluded;
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: { ...deadlinesOf(row), offer: null, roundEnd: null } },
    {
      ...toState(row),
      placement: 'queued',
      ownerId: null,
      excluded: excluded.length,
      quietSince: null,
    },
    await clockFor(tx, row),
  );
  const event = EVENTS[claim.kind];
  await writeClaim(
    tx,
    row,
    { ...claim, event, data: { agentId: agent.id, cause: claim.cause ?? null } },
    {
      placement: 'queued',
      owner_id: null,
      reserved_units: 0,
      excluded,
      ...deadlineColumns(deadlines),
    },
  );
  await writeLoad(tx, agent, event);
  await writeHandOut(tx, { conversationId: row.id }, event);
  if (!row.queue_open) await closeIfLeftBehind(tx, row);
}
