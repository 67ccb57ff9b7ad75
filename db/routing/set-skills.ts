import { deadlinesAfter } from '../../core/conversation/deadlines';
import { AppError } from '../../core/errors';
import type { Skills } from '../../core/routing/skills';
import { conversationFor, type Viewer } from '../access';
import type { Database, Tx } from '../client';
import {
  amongOf,
  deadlinesOf,
  lockRows,
  placeOf,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { noteLine, placeColumns } from './place-in-line';
import { clockFor } from './queue-clock';
import {
  deadlineColumns,
  writeConversation,
  writeEvent,
  writeHandOut,
  type Columns,
} from '../conversation/write-conversation';

/**
 * Sets what a conversation asks of its agent. One in line goes to the line of those skills at once, with its place.
 * @throws AppError NOT_FOUND, NOT_ASSIGNEE, CONVERSATION_CLOSED
 */
export function setSkills(
  db: Database,
  viewer: Viewer,
  id: string,
  skills: Skills,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const row = (await lockRows(tx, [id])).get(id);
    if (!row) throw new AppError('NOT_FOUND');
    await conversationFor(tx, viewer, id, 'write');
    if (row.status === 'closed') throw new AppError('CONVERSATION_CLOSED');
    if (
      same(skills.required, row.required_skills) &&
      same(skills.preferred, row.preferred_skills)
    ) {
      return;
    }
    const after: ConversationRow = {
      ...row,
      required_skills: [...skills.required],
      preferred_skills: [...skills.preferred],
      // Skills that somebody asks for now have not been given up yet.
      relaxed: false,
    };
    const rev = await writeConversation(tx, id, {
      required_skills: skills.required,
      preferred_skills: skills.preferred,
      ...(row.queued_since ? await inLineOf(tx, row, after) : {}),
    });
    const actor = { kind: viewer.role === 'agent' ? 'agent' : 'supervisor', id: viewer.id };
    await writeEvent(tx, {
      ...{ conversationId: id, rev, afterSeq: row.last_seq, kind: 'skillsChanged', actor },
      data: { required: skills.required.join(', '), preferred: skills.preferred.join(', ') },
    });
    tx.effects.rings.push({ conversationId: id, signal: 'check' });
    if (row.placement === 'queued') {
      await writeHandOut(tx, { conversationId: id }, 'skills changed');
    }
  });
}

async function inLineOf(tx: Tx, row: ConversationRow, after: ConversationRow): Promise<Columns> {
  const place = placeOf(after);
  const among = amongOf(after);
  await noteLine(tx, place, among);
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    { ...toState(after), quietSince: null },
    await clockFor(tx, after),
  );
  // A higher version: what was decided with the old skills is decided again.
  return { ...placeColumns(place, among), ...deadlineColumns(deadlines), version: row.version + 1 };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, at) => each === b[at]);
