/**
 * Emptying a queue: each conversation that stands in its line gets a command of its own, which its workflow decides.
 * Whatever has left the line by then stays as it is.
 */
import { AppError } from '../../core/errors';
import { queuesOf, type Viewer } from '../access';
import { writeAudit } from '../audit';
import type { Database, Tx } from '../client';
import { lockRows } from '../conversation/conversation-row';
import { Effects } from '../effects';
import { writeCommand, type NewCommand } from '../conversation/write-command';

/** Why a waiting conversation is closed by it; the timeline names it. */
const QUEUE_EMPTIED = 'queue emptied';

export interface Emptying {
  /** Of the request: the same id is the same wish, and is gone on with where it broke off. */
  readonly id: string;
  readonly queueId: string;
  /** Where the line goes; null closes it. */
  readonly toQueueId: string | null;
  /** What customers are told whose conversation is closed. */
  readonly text: string | null;
  /** For the audit. */
  readonly reason: string | null;
}

/** Conversations that one transaction locks. */
const AT_ONCE = 50;

/**
 * Gives everything in the queue's line a command, first in line first. What is being offered is left to its offer.
 * `left` gets what each transaction leaves to be done. Returns how many commands there are by this wish.
 * @throws AppError NOT_FOUND, FORBIDDEN for a queue that the supervisor does not oversee, QUEUE_ARCHIVED, QUEUE_EMPTY for
 *   a target without agents, INVALID_REQUEST for the queue itself
 */
export async function emptyQueue(
  db: Database,
  supervisor: Viewer,
  wish: Emptying,
  left: (effects: Effects) => void,
): Promise<number> {
  await db.transaction((tx) => begin(tx, supervisor, wish));
  const line = await db.query<{ id: string }>(
    `SELECT c.id FROM conversation c
      WHERE c.queue_id = $1 AND c.status = 'open' AND c.placement = 'queued'
      ORDER BY c.order_key, c.id`,
    [wish.queueId],
  );
  for (let at = 0; at < line.length; at += AT_ONCE) {
    const ids = line.slice(at, at + AT_ONCE).map((row) => row.id);
    left((await db.transaction((tx) => giveEach(tx, supervisor, wish, ids))).effects);
  }
  const [row] = await db.query<{ given: number }>('SELECT given FROM emptied_queue WHERE id = $1', [
    wish.id,
  ]);
  return row?.given ?? 0;
}

async function begin(tx: Tx, supervisor: Viewer, wish: Emptying): Promise<void> {
  const { id, queueId, toQueueId, text, reason } = wish;
  await check(tx, supervisor, wish);
  const rows = await tx.query(
    `INSERT INTO emptied_queue (id, queue_id, to_queue_id, text, actor_id, created_at)
     VALUES ($1, $2, $3, $4, $5, app_now()) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, queueId, toQueueId, text, supervisor.id],
  );
  if (rows.length === 0) return;
  const detail = { to: toQueueId ?? 'closed', ...(reason === null ? {} : { reason }) };
  const actor = { kind: 'agent', id: supervisor.id };
  await writeAudit(tx, actor, 'queue.empty', `queue/${queueId}`, detail);
}

async function check(tx: Tx, supervisor: Viewer, wish: Emptying): Promise<void> {
  const { queueId, toQueueId } = wish;
  const queues = await tx.query<{ id: string; archived: boolean; members: number }>(
    `SELECT q.id, q.archived_at IS NOT NULL AS archived,
            (SELECT count(*)::int FROM queue_member m WHERE m.queue_id = q.id) AS members
       FROM queue q WHERE q.id = ANY($1)`,
    [[queueId, ...(toQueueId === null ? [] : [toQueueId])]],
  );
  if (!queues.some(({ id }) => id === queueId)) throw new AppError('NOT_FOUND');
  const overseen = await queuesOf(tx, supervisor);
  if (overseen && !overseen.has(queueId)) throw new AppError('FORBIDDEN', { queueId });
  if (toQueueId === null) return;
  if (toQueueId === queueId) {
    const fields = [{ path: 'to.queueId', problem: 'must be another queue' }];
    throw new AppError('INVALID_REQUEST', { fields });
  }
  const target = queues.find(({ id }) => id === toQueueId);
  if (!target) throw new AppError('NOT_FOUND', { queueId: toQueueId });
  if (target.archived) throw new AppError('QUEUE_ARCHIVED', { queueId: toQueueId });
  if (target.members === 0) throw new AppError('QUEUE_EMPTY', { queueId: toQueueId });
}

async function giveEach(
  tx: Tx,
  supervisor: Viewer,
  wish: Emptying,
  ids: readonly string[],
): Promise<void> {
  const rows = await lockRows(tx, ids);
  const key = `empty/${wish.id}`;
  const before = await tx.query<{ conversation_id: string }>(
    'SELECT conversation_id FROM command WHERE conversation_id = ANY($1) AND key = $2',
    [ids, key],
  );
  const has = new Set(before.map((row) => row.conversation_id));
  let given = 0;
  for (const id of ids) {
    const row = rows.get(id);
    const waits =
      row?.status === 'open' && row.placement === 'queued' && row.queue_id === wish.queueId;
    if (!waits || has.has(id)) continue;
    const command = { conversationId: id, key, afterSeq: row.last_in_seq };
    await writeCommand(tx, { ...command, ...whatFor(supervisor, wish) });
    given++;
  }
  await tx.query('UPDATE emptied_queue SET given = given + $2 WHERE id = $1', [wish.id, given]);
}

function whatFor(
  { id }: Viewer,
  { toQueueId }: Emptying,
): Pick<NewCommand, 'name' | 'args' | 'giver'> {
  if (toQueueId === null) {
    // By the system: closing what waits is nobody's command, see the state table. The id says who asked for it.
    return { name: 'closeWaiting', args: { cause: QUEUE_EMPTIED }, giver: { kind: 'system', id } };
  }
  const giver = { kind: 'supervisor' as const, id };
  return { name: 'transferToQueue', args: { queueId: toQueueId }, giver };
}

/** What the customer is told of a conversation that this command closed; null for nothing, or another command. */
export async function emptyingText(
  tx: Tx,
  conversationId: string,
  commandNumber: number,
): Promise<string | null> {
  const [row] = await tx.query<{ text: string | null }>(
    `SELECT e.text FROM command c JOIN emptied_queue e ON c.key = 'empty/' || e.id
      WHERE c.conversation_id = $1 AND c.number = $2`,
    [conversationId, commandNumber],
  );
  return row?.text ?? null;
}
