import { earliest } from '../../core/conversation/deadlines';
import type { Deadlines } from '../../core/conversation/types';
import type { Tx } from '../client';

/** Columns of one write; keys are column names of this repository's own code, never of a client. */
export type Columns = Readonly<Record<string, unknown>>;

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The deadline columns that follow from the rules. */
export function deadlineColumns(deadlines: Deadlines): Columns {
  return {
    expires_at: instant(deadlines.offer),
    round_end_at: instant(deadlines.roundEnd),
    snooze_until: instant(deadlines.snooze),
    survey_expires_at: instant(deadlines.survey),
    confirm_at: instant(deadlines.confirm),
    first_response_at: instant(deadlines.firstResponse),
    ladder_at: instant(deadlines.ladder),
    transfer_until: instant(deadlines.transfer),
    next_deadline_at: instant(earliest(deadlines)?.at ?? null),
  };
}

/** Writes columns of a locked row and raises its rev, which every list and stream goes by. Returns the new rev. */
export async function writeConversation(tx: Tx, id: string, columns: Columns): Promise<number> {
  const names = Object.keys(columns);
  const set = [...names.map((name, i) => `"${name}" = $${i + 2}`), 'rev = rev + 1'].join(', ');
  const rows = await tx.query<{ rev: string }>(
    `UPDATE conversation SET ${set} WHERE id = $1 RETURNING rev`,
    [id, ...names.map((name) => columns[name])],
  );
  tx.effects.changed.add(id);
  return Number(rows[0]?.rev);
}

/** Writes columns of a message; its conversation, which must be locked, gets a new rev, which the message then bears. */
export async function writeMessage(
  tx: Tx,
  conversationId: string,
  messageId: string,
  columns: Columns,
): Promise<void> {
  const rev = await writeConversation(tx, conversationId, {});
  const names = Object.keys(columns);
  const set = names.map((name, i) => `, "${name}" = $${i + 3}`).join('');
  await tx.query(`UPDATE message SET rev = $2, xid = txid_current()${set} WHERE id = $1`, [
    messageId,
    rev,
    ...names.map((name) => columns[name]),
  ]);
}

/** Puts a line into the conversation's timeline. `rev` is that of the write it belongs to. */
export async function writeEvent(
  tx: Tx,
  event: {
    conversationId: string;
    rev: number;
    afterSeq: number;
    kind: string;
    data?: Readonly<Record<string, unknown>> | undefined;
    actor: { kind: string; id?: string | null | undefined };
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO conversation_event (conversation_id, rev, after_seq, kind, data, actor_kind, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, app_now())`,
    [
      event.conversationId,
      event.rev,
      event.afterSeq,
      event.kind,
      JSON.stringify(event.data ?? {}),
      event.actor.kind,
      event.actor.id ?? null,
    ],
  );
}

/** Asks for a hand-out in the transaction that made somebody eligible. */
export async function writeHandOut(
  tx: Tx,
  who: { agentId: string } | { conversationId: string },
  reason: string,
): Promise<void> {
  const agentId = 'agentId' in who ? who.agentId : null;
  const conversationId = 'conversationId' in who ? who.conversationId : null;
  const rows = await tx.query<{ id: string }>(
    'INSERT INTO hand_out (agent_id, conversation_id, reason) VALUES ($1, $2, $3) RETURNING id',
    [agentId, conversationId, reason],
  );
  tx.effects.handOuts.push({ id: rows[0]?.id ?? '', agentId, conversationId, reason });
}
