import type { ClaimName } from '../../core/conversation/types';
import { AppError } from '../../core/errors';
import type { Tx } from '../client';
import type { ConversationRow } from '../conversation/conversation-row';
import { prepared } from '../prepared';
import type { Columns } from '../conversation/write-conversation';

export interface ClaimRow {
  readonly kind: ClaimName;
  readonly agentId: string | null;
  readonly actor: { readonly kind: string; readonly id?: string | null | undefined };
  readonly key?: string | null | undefined;
  /** What the timeline calls it, and says of it beside the agent. */
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

/** One statement: a claim is on every hot path. `set` begins at $10. */
const claimSql = (set: string): string =>
  prepared(`
  WITH c AS (UPDATE conversation SET ${set}, claim_no = $2, rev = rev + 1 WHERE id = $1
             RETURNING rev, last_seq),
  k AS (INSERT INTO claim (conversation_id, claim_no, kind, agent_id, actor_kind, actor_id, key, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, app_now()))
  INSERT INTO conversation_event (conversation_id, rev, after_seq, kind, data, actor_kind, actor_id, created_at)
  SELECT $1, c.rev, c.last_seq, $8, $9, $5, $6, app_now() FROM c`);

/** Writes a claim on a locked row, with its line in the timeline, and leaves the ring for it. */
export async function writeClaim(
  tx: Tx,
  row: ConversationRow,
  claim: ClaimRow,
  columns: Columns,
): Promise<void> {
  const claimNo = row.claim_no + 1;
  const written = { ...columns, rung_at: row.now };
  const names = Object.keys(written);
  const set = names.map((name, at) => `"${name}" = $${at + 10}`).join(', ');
  await tx.query(claimSql(set), [
    row.id,
    claimNo,
    claim.kind,
    claim.agentId,
    claim.actor.kind,
    claim.actor.id ?? null,
    claim.key ?? null,
    claim.event,
    JSON.stringify(claim.data ?? { agentId: claim.agentId }),
    ...Object.values(written),
  ]);
  tx.effects.changed.add(row.id);
  tx.effects.rings.push({ conversationId: row.id, signal: claim.kind, args: { claimNo } });
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
