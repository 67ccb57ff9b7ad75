import type { ClaimName } from '../core/conversation/types';
import { AppError } from '../core/errors';
import type { Tx } from './client';
import type { ConversationRow } from './conversation-row';
import { writeConversation, type Columns } from './write-conversation';

export interface ClaimRow {
  readonly kind: ClaimName;
  readonly agentId: string | null;
  readonly actor: { readonly kind: string; readonly id?: string | null | undefined };
  readonly key?: string | null | undefined;
}

/** Writes a claim on a locked row and leaves the ring for it. Returns the row's new rev. */
export async function writeClaim(
  tx: Tx,
  row: ConversationRow,
  claim: ClaimRow,
  columns: Columns,
): Promise<number> {
  const claimNo = row.claim_no + 1;
  const rev = await writeConversation(tx, row.id, {
    ...columns,
    claim_no: claimNo,
    rung_at: row.now,
  });
  await tx.query(
    `INSERT INTO claim (conversation_id, claim_no, kind, agent_id, actor_kind, actor_id, key, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, app_now())`,
    [
      row.id,
      claimNo,
      claim.kind,
      claim.agentId,
      claim.actor.kind,
      claim.actor.id ?? null,
      claim.key ?? null,
    ],
  );
  tx.effects.rings.push({ conversationId: row.id, signal: claim.kind, args: { claimNo } });
  return rev;
}

/**
 * True where this key has made this very claim before: its outcome stands, whatever came after.
 * @throws AppError IDEMPOTENCY_MISMATCH where the key was used for another claim
 */
export async function claimedBefore(
  tx: Tx,
  conversationId: string,
  key: string,
  kind: ClaimName,
  agentId: string,
): Promise<boolean> {
  const rows = await tx.query<{ kind: string; agent_id: string | null }>(
    'SELECT kind, agent_id FROM claim WHERE conversation_id = $1 AND key = $2',
    [conversationId, key],
  );
  const found = rows[0];
  if (!found) return false;
  if (found.kind !== kind || found.agent_id !== agentId) throw new AppError('IDEMPOTENCY_MISMATCH');
  return true;
}
