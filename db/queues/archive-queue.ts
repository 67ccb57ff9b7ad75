/** A queue is never deleted. What it still holds goes to its heir, in the transaction that archives it. */
import { AppError } from '../../core/errors';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import { enter } from '../../core/routing/place';
import { writeAudit, type AuditActor } from '../audit';
import { withdrawOffers } from '../routing/claim-back';
import { StartAgain, type Database, type Tx } from '../client';
import {
  amongOf,
  deadlinesOf,
  lockRows,
  placeOf,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { lockAgents } from '../agents/locked-agent';
import { noteLine, placeColumns } from '../routing/place-in-line';
import { clockFor } from '../routing/queue-clock';
import { queueOf, type QueueOf } from '../routing/queue-of';
import { writeVersion } from './queue-versions';
import {
  deadlineColumns,
  writeConversation,
  writeEvent,
  writeHandOut,
  type Columns,
} from '../conversation/write-conversation';

/**
 * Archives a queue; channels and unclosed conversations go to the heir, each with its age in line.
 * @throws AppError NOT_FOUND, QUEUE_NEEDS_HEIR, QUEUE_ARCHIVED
 */
export function archiveQueue(
  db: Database,
  actor: AuditActor,
  id: string,
  heirId: string | undefined,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const heir = await mayArchive(tx, id, heirId);
    await moveToHeir(tx, id, heir);
    await tx.query('UPDATE channel SET queue_id = $2 WHERE queue_id = $1', [id, heir.id]);
    await tx.query(
      `UPDATE queue SET archived_at = app_now(), heir_id = $2, version = version + 1 WHERE id = $1`,
      [id, heir.id],
    );
    await writeVersion(tx, actor, id);
    await writeAudit(tx, actor, 'queue.archive', `queue/${id}`, { heirId: heir.id });
  });
}

/**
 * Moves what came into an archived queue while it was being archived. Nothing is there, as a rule.
 * Harmless at any time and from any process.
 */
export async function clearArchivedQueues(db: Database): Promise<Effects[]> {
  const rows = await db.query<{ id: string; heir_id: string }>(
    `SELECT q.id, q.heir_id FROM queue q
      WHERE q.archived_at IS NOT NULL AND q.heir_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM conversation c WHERE c.queue_id = q.id AND c.status <> 'closed')`,
  );
  const left: Effects[] = [];
  for (const row of rows) {
    const moved = await db.transaction(async (tx) => {
      const heir = await lastHeir(tx, row.heir_id);
      if (heir) await moveToHeir(tx, row.id, heir);
    });
    left.push(moved.effects);
  }
  return left;
}

interface Heir {
  readonly id: string;
}

async function mayArchive(tx: Tx, id: string, heirId: string | undefined): Promise<Heir> {
  const rows = await tx.query<Heir & { archived: boolean }>(
    `SELECT id, archived_at IS NOT NULL AS archived
       FROM queue WHERE id IN ($1, $2) ORDER BY id FOR NO KEY UPDATE`,
    [id, heirId ?? id],
  );
  const queue = rows.find((row) => row.id === id);
  const heir = rows.find((row) => row.id === heirId);
  if (!queue) throw new AppError('NOT_FOUND');
  if (queue.archived) throw new AppError('QUEUE_ARCHIVED', { queueId: id });
  if (heirId === undefined || heirId === id) throw new AppError('QUEUE_NEEDS_HEIR');
  if (!heir) throw new AppError('NOT_FOUND', { heirId });
  if (heir.archived) throw new AppError('QUEUE_ARCHIVED', { queueId: heirId });
  return heir;
}

/** The living queue at the end of a line of heirs. */
async function lastHeir(tx: Tx, id: string): Promise<Heir | null> {
  const rows = await tx.query<Heir>(
    `WITH RECURSIVE line AS (
       SELECT id, heir_id, archived_at FROM queue WHERE id = $1
       UNION SELECT q.id, q.heir_id, q.archived_at
         FROM queue q JOIN line ON q.id = line.heir_id)
     SELECT id FROM line WHERE archived_at IS NULL LIMIT 1`,
    [id],
  );
  return rows[0] ?? null;
}

async function moveToHeir(tx: Tx, id: string, heir: Heir): Promise<void> {
  const queue = await queueOf(tx, heir.id);
  if (!queue) throw new StartAgain();
  await withdrawAll(tx, id);
  const found = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE queue_id = $1 AND status <> 'closed' ORDER BY id`,
    [id],
  );
  const rows = await lockRows(
    tx,
    found.map((row) => row.id),
  );
  for (const row of rows.values()) {
    if (row.queue_id !== id || row.status === 'closed') continue;
    // Offered between the two looks: its agent must be locked first.
    if (row.placement === 'offered') throw new StartAgain();
    const queued = row.status === 'open' && row.placement === 'queued' && row.queued_since;
    const columns = queued ? await inLineOf(tx, row, heir.id, queue) : {};
    // A higher version: a decision that was made for the old queue is made again.
    const version = row.version + 1;
    const rev = await writeConversation(tx, row.id, { ...columns, queue_id: heir.id, version });
    await writeEvent(tx, {
      conversationId: row.id,
      rev,
      afterSeq: row.last_seq,
      kind: 'movedToHeir',
      data: { queueId: heir.id, fromQueueId: id },
      actor: { kind: 'system' },
    });
    tx.effects.rings.push({ conversationId: row.id, signal: 'check' });
    if (queued) await writeHandOut(tx, { conversationId: row.id }, 'queue archived');
  }
}

/** Its place in the heir's line: with its age, and with the heir's rules. */
async function inLineOf(
  tx: Tx,
  row: ConversationRow,
  heirId: string,
  queue: QueueOf,
): Promise<Columns> {
  const after: ConversationRow = { ...row, ...queue, queue_id: heirId, excluded: [] };
  const clock = await clockFor(tx, after);
  const { front, urgent } = row;
  const entry = { age: 'keep', front, leaves: row.queue_id, urgent } as const;
  const place = enter(placeOf(row), entry, clock.now);
  const among = amongOf(after);
  await noteLine(tx, place, among);
  const deadlines = deadlinesAfter(
    { ownerId: null, deadlines: deadlinesOf(row) },
    { ...toState(after), place, quietSince: null },
    clock,
  );
  return { ...placeColumns(place, among), excluded: [], ...deadlineColumns(deadlines) };
}

/** Takes back all offers of a queue, agents locked before conversations. */
async function withdrawAll(tx: Tx, queueId: string): Promise<void> {
  const owners = await tx.query<{ owner_id: string }>(
    `SELECT DISTINCT owner_id FROM conversation WHERE queue_id = $1 AND placement = 'offered'`,
    [queueId],
  );
  const agents = await lockAgents(
    tx,
    owners.map((row) => row.owner_id),
  );
  for (const agent of agents.values()) await withdrawOffers(tx, agent, 'queue archived', queueId);
}
