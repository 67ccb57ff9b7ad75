/** The Act path: a person's or a system's wish becomes a row, or is refused and leaves no trace. */
import { refusal } from '../../core/conversation/states';
import type { CommandArgs, CommandName, Giver } from '../../core/conversation/types';
import { AppError, isErrorCode, type ErrorCode } from '../../core/errors';
import { writeAudit } from '../audit';
import type { Database, Tx } from '../client';
import { lockRows, toState, type ConversationRow } from './conversation-row';
import type { Effects } from '../effects';
import { isLoggedIn } from '../agents/locked-agent';
import { writeAnswer } from '../messages/receive-message';
import { commandHash, writeCommand } from './write-command';

export interface Wish {
  readonly conversationId: string;
  readonly name: CommandName;
  readonly args: CommandArgs;
  readonly giver: Giver;
  readonly key: string;
  /** The last message that the giver has seen; the current one where it is not given. */
  readonly afterSeq?: number | undefined;
  /** What a customer adds to a rating. Kept in Postgres, never in the command. */
  readonly comment?: string | undefined;
}

export interface Given {
  readonly conversationId: string;
  readonly number: number;
  /** Null while undecided, `applied`, or the code of the refusal. */
  readonly outcome: 'applied' | ErrorCode | null;
  /** True where the key had been used for the same wish before. */
  readonly repeated: boolean;
}

/** What a person may not do behind a customer's unseen message. */
const NEEDS_EYES: ReadonlySet<CommandName> = new Set(['solve', 'close', 'setWaiting']);

/**
 * Accepts a command: key first, then the state table, then the row. Committed when it returns.
 * @throws AppError the refusal's code, IDEMPOTENCY_MISMATCH, MESSAGE_UNSEEN, SEQUENCE_GAP, NOT_FOUND
 */
export function giveCommand(db: Database, wish: Wish): Promise<{ value: Given; effects: Effects }> {
  return db.transaction((tx) => give(tx, wish));
}

async function give(tx: Tx, wish: Wish): Promise<Given> {
  const row = (await lockRows(tx, [wish.conversationId])).get(wish.conversationId);
  if (!row) throw new AppError('NOT_FOUND');
  const before = await findByKey(tx, wish);
  if (before) return before;
  const afterSeq = wish.afterSeq ?? row.last_in_seq;
  if (afterSeq > row.last_seq) throw new AppError('SEQUENCE_GAP', { lastSeq: row.last_seq });
  const code = refusal(toState(row), wish.name, wish.giver, wish.args);
  if (code) throw new AppError(code, { status: row.status, placement: row.placement });
  const person = wish.giver.kind === 'agent' || wish.giver.kind === 'supervisor';
  if (person && NEEDS_EYES.has(wish.name) && row.last_in_seq > afterSeq) {
    throw new AppError('MESSAGE_UNSEEN', { lastInSeq: row.last_in_seq });
  }
  await checkTarget(tx, wish);
  await keepAnswer(tx, row, wish);
  const number = await writeCommand(tx, { ...wish, afterSeq });
  await auditSupervisor(tx, row, wish, number);
  return { conversationId: wish.conversationId, number, outcome: null, repeated: false };
}

/** What a supervisor does to a conversation of somebody else, or of nobody, is an administrative act. */
async function auditSupervisor(
  tx: Tx,
  row: ConversationRow,
  { giver, name, args }: Wish,
  number: number,
): Promise<void> {
  const { kind, id = null } = giver;
  if (kind !== 'supervisor' || (row.placement === 'assigned' && row.owner_id === id)) return;
  const target = `conversation/${row.id}`;
  await writeAudit(tx, { kind: 'agent', id }, `conversation.${name}`, target, { number, ...args });
}

async function findByKey(tx: Tx, wish: Wish): Promise<Given | null> {
  const rows = await tx.query<{ number: number; key_hash: string; outcome: string | null }>(
    'SELECT number, key_hash, outcome FROM command WHERE conversation_id = $1 AND key = $2',
    [wish.conversationId, wish.key],
  );
  const found = rows[0];
  if (!found) return null;
  if (found.key_hash !== commandHash(wish)) throw new AppError('IDEMPOTENCY_MISMATCH');
  return {
    conversationId: wish.conversationId,
    number: found.number,
    outcome: toOutcome(found.outcome),
    repeated: true,
  };
}

/** A transfer must have somewhere to go: agents in the queue, an agent who is logged in. */
async function checkTarget(tx: Tx, wish: Wish): Promise<void> {
  const { queueId, agentId } = wish.args;
  if (wish.name === 'transferToQueue' && queueId) {
    const rows = await tx.query<{ archived: boolean; members: number }>(
      `SELECT archived_at IS NOT NULL AS archived,
              (SELECT count(*)::int FROM queue_member WHERE queue_id = q.id) AS members
         FROM queue q WHERE id = $1`,
      [queueId],
    );
    if (!rows[0]) throw new AppError('NOT_FOUND', { queueId });
    if (rows[0].archived) throw new AppError('QUEUE_ARCHIVED', { queueId });
    if (rows[0].members === 0) throw new AppError('QUEUE_EMPTY', { queueId });
  }
  if ((wish.name === 'transferToAgent' || wish.name === 'assignTo') && agentId) {
    const rows = await tx.query<{
      state: 'logged_off' | 'available' | 'paused';
      absent_since: Date | null;
    }>('SELECT state, absent_since FROM agent WHERE id = $1 AND archived_at IS NULL', [agentId]);
    if (!rows[0]) throw new AppError('NOT_FOUND', { agentId });
    if (!isLoggedIn(rows[0])) throw new AppError('AGENT_NOT_LOGGED_IN', { agentId });
  }
}

async function keepAnswer(tx: Tx, row: ConversationRow, wish: Wish): Promise<void> {
  if (wish.name !== 'surveyAnswered' || wish.args.rating === undefined) return;
  await writeAnswer(tx, row, { rating: wish.args.rating, comment: wish.comment ?? null });
}

/** The stored outcome of a command; null while it is undecided or where there is no such command. */
export async function commandOutcome(
  db: Database,
  conversationId: string,
  number: number,
): Promise<'applied' | ErrorCode | null> {
  const rows = await db.query<{ outcome: string | null }>(
    'SELECT outcome FROM command WHERE conversation_id = $1 AND number = $2',
    [conversationId, number],
  );
  return toOutcome(rows[0]?.outcome ?? null);
}

export function toOutcome(stored: string | null): 'applied' | ErrorCode | null {
  if (stored === null || stored === 'applied') return stored;
  return isErrorCode(stored) ? stored : 'INTERNAL';
}
