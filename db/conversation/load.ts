import { earliest } from '../../core/conversation/deadlines';
import {
  COMMANDS,
  type Command,
  type CommandArgs,
  type CommandName,
  type Giver,
  type GiverKind,
  type Loaded,
} from '../../core/conversation/types';
import { refusal } from '../../core/conversation/states';
import type { Database, Tx } from '../client';
import { deadlinesOf, lockRows, readRow, toState, type ConversationRow } from './conversation-row';
import { commandHash } from './write-command';
import { writeConversation, writeEvent } from './write-conversation';

/** A signal that came without a row: from the Temporal UI, the CLI or another system. */
export interface Rowless {
  /** First run id and a number that continue-as-new carries. */
  readonly key: string;
  readonly name: CommandName;
  readonly args: unknown;
}

/** Null where the conversation does not exist. */
export async function loadConversation(
  db: Database,
  id: string,
  rowless: readonly Rowless[],
): Promise<Loaded | null> {
  const { value } = await db.transaction(async (tx) => {
    const row = (await lockRows(tx, [id])).get(id);
    if (!row) return null;
    for (const signal of rowless) await adoptSignal(tx, row, signal);
    return answer(tx, id);
  });
  return value;
}

/**
 * The stored row, its undecided commands and the database's now; marks claim and version as seen by the workflow.
 * The row must be locked.
 */
export async function answer(tx: Tx, id: string): Promise<Loaded> {
  const row = await readRow(tx, id);
  if (!row) throw new Error(`conversation ${id} is gone`);
  const next = earliest(deadlinesOf(row))?.at ?? null;
  const moved = next !== (row.next_deadline_at?.getTime() ?? null);
  if (moved || row.seen_claim_no !== row.claim_no || row.loaded_version !== row.version) {
    // Nobody sees these columns, so rev stays.
    await tx.query(
      `UPDATE conversation SET seen_claim_no = claim_no, loaded_version = version, next_deadline_at = $2
        WHERE id = $1`,
      [id, next === null ? null : new Date(next)],
    );
  }
  return {
    state: toState(row),
    commands: await undecided(tx, id),
    known: row.last_command_number,
    now: row.now.getTime(),
  };
}

async function undecided(tx: Tx, id: string): Promise<Command[]> {
  const rows = await tx.query<{
    number: number;
    name: CommandName;
    args: CommandArgs;
    giver_kind: GiverKind;
    giver_id: string | null;
    after_seq: number;
  }>(
    `SELECT number, name, args, giver_kind, giver_id, after_seq FROM command
      WHERE conversation_id = $1 AND outcome IS NULL ORDER BY number`,
    [id],
  );
  return rows.map((r) => ({
    number: r.number,
    name: r.name,
    args: r.args,
    giver: { kind: r.giver_kind, id: r.giver_id } satisfies Giver,
    afterSeq: r.after_seq,
  }));
}

/** Makes a hand-sent signal a row before anything is decided. A refused one leaves a line in the timeline. */
async function adoptSignal(tx: Tx, row: ConversationRow, signal: Rowless): Promise<void> {
  if (!COMMANDS.includes(signal.name)) return;
  const args = cleanArgs(signal.name, signal.args);
  const giver: Giver = { kind: 'operator' };
  const code = args === null ? 'INVALID_REQUEST' : refusal(toState(row), signal.name, giver, args);
  const inserted = await tx.query<{ number: number }>(
    `INSERT INTO command (conversation_id, number, name, args, giver_kind, key, key_hash, after_seq, created_at,
                          outcome, decided_at)
     SELECT id, last_command_number + 1, $2, $3, 'operator', $4, $5, last_in_seq, app_now(),
            $6, CASE WHEN $6::text IS NULL THEN NULL ELSE app_now() END
       FROM conversation WHERE id = $1
     ON CONFLICT (conversation_id, key) DO NOTHING RETURNING number`,
    [
      row.id,
      signal.name,
      JSON.stringify(args ?? {}),
      signal.key,
      commandHash({ name: signal.name, args: args ?? {} }),
      code,
    ],
  );
  if (!inserted[0]) return;
  const rev = await writeConversation(tx, row.id, { last_command_number: inserted[0].number });
  if (code) {
    await writeEvent(tx, {
      conversationId: row.id,
      rev,
      afterSeq: row.last_seq,
      kind: 'signalRefused',
      data: { name: signal.name, code },
      actor: giver,
    });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What of a hand-sent argument fits the command; null where something needed is missing or has a wrong form. */
function cleanArgs(name: CommandName, given: unknown): CommandArgs | null {
  const from =
    typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const id = (field: string): string | null => {
    const value = from[field];
    return typeof value === 'string' && UUID.test(value) ? value : null;
  };
  if (name === 'assignTo' || name === 'transferToAgent') {
    const agentId = id('agentId');
    return agentId ? { agentId } : null;
  }
  if (name === 'transferToQueue') {
    const queueId = id('queueId');
    return queueId ? { queueId } : null;
  }
  if (name === 'surveyAnswered') {
    const rating = from.rating;
    return Number.isInteger(rating) && Number(rating) >= 1 && Number(rating) <= 10
      ? { rating: Number(rating) }
      : null;
  }
  if (name === 'setWaiting') {
    return typeof from.until === 'number' && Number.isFinite(from.until)
      ? { until: from.until }
      : {};
  }
  return { cause: 'signal' };
}
