/** A supervisor's word on who goes first: the one record edit that moves a conversation in its line. */
import { AppError } from '../../core/errors';
import { conversationFor, type Viewer } from '../access';
import { writeAudit } from '../audit';
import type { Database, Tx } from '../client';
import { amongOf, lockRows, placeOf, type ConversationRow } from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { orderKeyOf } from './place-in-line';
import { writeConversation, writeEvent, type Columns } from '../conversation/write-conversation';

/**
 * Sets the priority (0-10) of what is not closed. Where it stands in line, or is offered and may come back to it, it
 * moves at once: whoever gets free next gets the one that is first by then. The priority that it has already changes
 * nothing.
 * @throws AppError NOT_FOUND, CONVERSATION_CLOSED
 */
export function setPriority(
  db: Database,
  viewer: Viewer,
  id: string,
  priority: number,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const row = (await lockRows(tx, [id])).get(id);
    if (!row) throw new AppError('NOT_FOUND');
    await conversationFor(tx, viewer, id, 'see');
    if (row.status === 'closed') throw new AppError('CONVERSATION_CLOSED');
    if (row.priority !== priority) await write(tx, row, viewer, priority);
  });
}

async function write(
  tx: Tx,
  row: ConversationRow,
  viewer: Viewer,
  priority: number,
): Promise<void> {
  const rev = await writeConversation(tx, row.id, { priority, ...orderOf(row, priority) });
  const data = { from: row.priority, to: priority };
  await writeEvent(tx, {
    ...{ conversationId: row.id, rev, afterSeq: row.last_seq, kind: 'priorityChanged', data },
    actor: { kind: 'supervisor', id: viewer.id },
  });
  const actor = { kind: 'agent', id: viewer.id };
  await writeAudit(tx, actor, 'conversation.priority', `conversation/${row.id}`, data);
  // Only so that operators can search by it: a ring that is lost costs them the new value until the next load.
  tx.effects.rings.push({ conversationId: row.id, signal: 'check' });
}

/** Its order in line by the new priority; nothing where it stands in none. */
function orderOf(row: ConversationRow, priority: number): Columns {
  const inLine = row.placement === 'queued' || row.placement === 'offered';
  if (row.status !== 'open' || !inLine || !row.queued_since) return {};
  return { order_key: orderKeyOf(placeOf(row), { ...amongOf(row), priority }) };
}
