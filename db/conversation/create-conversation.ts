import { inLineDeadlines } from '../../core/conversation/deadlines';
import { AppError } from '../../core/errors';
import type { HoursMode } from '../../core/hours/queue-hours';
import { enter, NO_PLACE, type Place } from '../../core/routing/place';
import { policyFor, type QueueSettings } from '../../core/routing/policy';
import { returningOf } from '../../core/routing/returning';
import type { Skills } from '../../core/routing/skills';
import type { Tx } from '../client';
import { newId } from '../ids';
import { noteLine, placeColumns, type InLine } from '../routing/place-in-line';
import { prepared } from '../prepared';
import { clockOfQueue } from '../routing/queue-clock';
import { knownAgent } from '../routing/returning';
import { writeEvent, writeHandOut, type Columns } from './write-conversation';

export interface NewConversation {
  readonly channelId: string;
  readonly channelKind: string;
  readonly identityId: string;
  readonly contactId: string | null;
  readonly queueId: string;
  readonly chatLike: boolean;
  readonly previousId?: string | null | undefined;
  /** Given where a repeat of the same wish must make the same row. */
  readonly id?: string | undefined;
}

interface QueueRow {
  weight: number;
  settings: QueueSettings;
  delivery: 'auto' | 'offer' | 'manual';
  version: number;
  hours_mode: HoursMode;
  calendar_id: string | null;
  heir_id: string | null;
  archived_at: Date | null;
  required_skills: string[];
  preferred_skills: string[];
  now: Date;
}

const QUEUE = prepared(
  `SELECT q.weight, q.settings, q.delivery, q.version, q.hours_mode, q.calendar_id, q.heir_id, q.archived_at,
          ch.required_skills, ch.preferred_skills, app_now() AS now
     FROM queue q JOIN channel ch ON ch.id = $2 WHERE q.id = $1`,
);

/** Where it begins to wait, what it asks for, and the deadlines of the wait. */
async function placeOfNew(
  tx: Tx,
  wanted: NewConversation,
  queue: QueueRow,
  now: number,
): Promise<{ place: Place; among: InLine; columns: Columns }> {
  const { settings, weight } = queue;
  const skills: Skills = { required: queue.required_skills, preferred: queue.preferred_skills };
  const known = await knownAgent(
    tx,
    wanted,
    {
      id: wanted.queueId,
      returning: returningOf(settings.returning),
      required: skills.required,
    },
    now,
  );
  const place: Place = {
    ...enter(NO_PLACE, { age: 'now', front: false, leaves: null, urgent: false }, now),
    preferredAgentId: known?.id ?? null,
    preferredUntil: known?.keptUntil ?? null,
  };
  const among: InLine = {
    queueId: wanted.queueId,
    kind: wanted.channelKind,
    ...{ weight, settings, priority: 0, skills },
  };
  const policy = policyFor(queue, wanted.channelKind);
  const hours = { hoursMode: queue.hours_mode, calendarId: queue.calendar_id, policy };
  const { preferred, relax, ladder } = inLineDeadlines(
    {
      ...{ status: 'open', placement: 'queued', policy, place },
      needsSkills: skills.required.length > 0,
      windowExpiresAt: null,
    },
    await clockOfQueue(tx, hours, now),
  );
  const next = Math.min(...[preferred, relax, ladder].filter((at) => at !== null));
  return {
    place,
    among,
    columns: {
      ...placeColumns(place, among),
      required_skills: skills.required,
      preferred_skills: skills.preferred,
      ladder_at: ladder === null ? null : new Date(ladder),
      next_deadline_at: Number.isFinite(next) ? new Date(next) : null,
    },
  };
}

/**
 * Writes a conversation whole as version 1: open, in line, with its hand-out row. Null where the identity has got a
 * live conversation meanwhile (the partial unique index decides; promise 2).
 */
export async function createConversation(tx: Tx, wanted: NewConversation): Promise<string | null> {
  const [queue] = await tx.query<QueueRow & Record<string, unknown>>(QUEUE, [
    wanted.queueId,
    wanted.channelId,
  ]);
  if (!queue) throw new AppError('NOT_FOUND', { queueId: wanted.queueId });
  if (queue.archived_at) {
    if (!queue.heir_id) throw new AppError('QUEUE_ARCHIVED', { queueId: wanted.queueId });
    return createConversation(tx, { ...wanted, queueId: queue.heir_id });
  }
  const now = queue.now.getTime();
  const { place, among, columns } = await placeOfNew(tx, wanted, queue, now);
  const id = wanted.id ?? newId();
  const written: Columns = {
    id,
    channel_id: wanted.channelId,
    channel_kind: wanted.channelKind,
    identity_id: wanted.identityId,
    contact_id: wanted.contactId,
    queue_id: wanted.queueId,
    chat_like: wanted.chatLike,
    status: 'open',
    placement: 'queued',
    policy_version: queue.version,
    previous_id: wanted.previousId ?? null,
    created_at: queue.now,
    rung_at: queue.now,
    ...columns,
  };
  const names = Object.keys(written);
  const rows = await tx.query<{ rev: string }>(
    `INSERT INTO conversation (${names.map((name) => `"${name}"`).join(', ')})
     VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})
     ON CONFLICT (identity_id) WHERE chat_like AND status <> 'closed' AND superseded_by_id IS NULL DO NOTHING
     RETURNING rev`,
    Object.values(written),
  );
  if (!rows[0]) return null;
  await writeEvent(tx, {
    conversationId: id,
    rev: 1,
    afterSeq: 0,
    kind: 'started',
    data: { queueId: wanted.queueId },
    actor: { kind: 'system' },
  });
  await noteLine(tx, place, among);
  await writeHandOut(tx, { conversationId: id }, 'created');
  tx.effects.changed.add(id);
  tx.effects.rings.push({ conversationId: id, signal: 'check' });
  return id;
}
