/**
 * Record edits: what people write on a conversation without changing where it stands. One transaction each, never
 * Temporal. What is set to the value that it has already changes nothing.
 */
import { AppError } from '../../core/errors';
import { conversationFor, type Viewer } from '../access';
import type { Database, Tx } from '../client';
import { lockRows, type ConversationRow } from './conversation-row';
import type { Effects } from '../effects';
import { writeConversation, writeEvent, type Columns } from './write-conversation';

type Edited = Promise<{ value: void; effects: Effects }>;

/**
 * Sets or clears the subject.
 * @throws AppError NOT_FOUND, NOT_ASSIGNEE, CONVERSATION_CLOSED
 */
export function setSubject(
  db: Database,
  viewer: Viewer,
  id: string,
  subject: string | null,
): Edited {
  return edit(db, viewer, id, async (tx) => {
    const [row] = await tx.query<{ subject: string | null }>(
      'SELECT subject FROM conversation WHERE id = $1',
      [id],
    );
    if (row?.subject === subject) return null;
    return { columns: { subject }, kind: 'subjectChanged', data: { subject } };
  });
}

/**
 * Links the conversation, and the identity that writes in it, to a contact, or unlinks both (null).
 * @throws AppError NOT_FOUND (the conversation or the contact), NOT_ASSIGNEE, CONVERSATION_CLOSED
 */
export function setContact(
  db: Database,
  viewer: Viewer,
  id: string,
  contactId: string | null,
): Edited {
  return edit(db, viewer, id, async (tx, row) => {
    if (contactId !== null) {
      const found = await tx.query('SELECT 1 FROM contact WHERE id = $1', [contactId]);
      if (found.length === 0) throw new AppError('NOT_FOUND', { contactId });
    }
    if (row.contact_id === contactId) return null;
    await tx.query('UPDATE identity SET contact_id = $2 WHERE id = $1', [
      row.identity_id,
      contactId,
    ]);
    const kind = contactId === null ? 'contactUnlinked' : 'contactLinked';
    const data = { contactId: contactId ?? row.contact_id };
    return { columns: { contact_id: contactId }, kind, data };
  });
}

/**
 * Takes a closed conversation, greyed, out of its agent's list.
 * @throws AppError NOT_FOUND, ILLEGAL_TRANSITION while it is not closed, NOT_ASSIGNEE where it is in another's list
 */
export function hideConversation(db: Database, viewer: Viewer, id: string): Edited {
  return db.transaction(async (tx) => {
    await conversationFor(tx, viewer, id, 'see');
    const row = await lockedRow(tx, id);
    if (row.status !== 'closed') throw new AppError('ILLEGAL_TRANSITION', { status: row.status });
    const [list] = await tx.query<{ listed_agent_id: string | null }>(
      'SELECT listed_agent_id FROM conversation WHERE id = $1',
      [id],
    );
    if (!list?.listed_agent_id) return;
    if (list.listed_agent_id !== viewer.id) throw new AppError('NOT_ASSIGNEE');
    await write(tx, row, viewer, { columns: { listed_agent_id: null }, kind: 'hidden', data: {} });
  });
}

/**
 * Notes that the assignee has seen all up to `seq`. Anybody else's look changes nothing.
 * @throws AppError NOT_FOUND, SEQUENCE_GAP where no such message was sent
 */
export function markSeen(db: Database, viewer: Viewer, id: string, seq: number): Edited {
  return db.transaction(async (tx) => {
    await conversationFor(tx, viewer, id, 'see');
    const row = await lockedRow(tx, id);
    if (seq > row.last_seq) throw new AppError('SEQUENCE_GAP', { lastSeq: row.last_seq });
    if (row.placement !== 'assigned' || row.owner_id !== viewer.id) return;
    const [marks] = await tx.query<{ seen: number; unread: number }>(
      `SELECT c.agent_seen_seq AS seen,
              (SELECT count(*)::int FROM message m
                WHERE m.conversation_id = c.id AND m.direction = 'in' AND m.seq > $2) AS unread
         FROM conversation c WHERE c.id = $1`,
      [id, seq],
    );
    if (!marks || (seq <= marks.seen && row.unread <= marks.unread)) return;
    await writeConversation(tx, id, {
      agent_seen_seq: Math.max(seq, marks.seen),
      unread: Math.min(row.unread, marks.unread),
    });
  });
}

interface Change {
  readonly columns: Columns;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An edit by the assignee or a supervisor of what is not closed. */
function edit(
  db: Database,
  viewer: Viewer,
  id: string,
  change: (tx: Tx, row: ConversationRow) => Promise<Change | null>,
): Edited {
  return db.transaction(async (tx) => {
    const row = await lockedRow(tx, id);
    await conversationFor(tx, viewer, id, 'write');
    if (row.status === 'closed') throw new AppError('CONVERSATION_CLOSED');
    const wanted = await change(tx, row);
    if (wanted) await write(tx, row, viewer, wanted);
  });
}

async function lockedRow(tx: Tx, id: string): Promise<ConversationRow> {
  const row = (await lockRows(tx, [id])).get(id);
  if (!row) throw new AppError('NOT_FOUND');
  return row;
}

async function write(
  tx: Tx,
  row: ConversationRow,
  viewer: Viewer,
  { columns, kind, data }: Change,
): Promise<void> {
  const rev = await writeConversation(tx, row.id, columns);
  const actor = { kind: viewer.role === 'agent' ? 'agent' : 'supervisor', id: viewer.id };
  await writeEvent(tx, { conversationId: row.id, rev, afterSeq: row.last_seq, kind, data, actor });
}
