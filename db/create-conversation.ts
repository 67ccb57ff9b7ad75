import { AppError } from '../core/errors';
import type { QueueSettings } from '../core/routing/policy';
import type { Tx } from './client';
import { newId } from './ids';
import { lineColumns } from './place-in-line';
import { writeEvent, writeHandOut } from './write-conversation';

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

/**
 * Writes a conversation whole as version 1: open, in line, with its hand-out row. Null where the identity has got a
 * live conversation meanwhile (the partial unique index decides; promise 2).
 */
export async function createConversation(tx: Tx, wanted: NewConversation): Promise<string | null> {
  const queue = (
    await tx.query<{
      weight: number;
      settings: QueueSettings;
      version: number;
      now: Date;
      heir_id: string | null;
      archived_at: Date | null;
    }>(
      'SELECT weight, settings, version, heir_id, archived_at, app_now() AS now FROM queue WHERE id = $1',
      [wanted.queueId],
    )
  )[0];
  if (!queue) throw new AppError('NOT_FOUND', { queueId: wanted.queueId });
  if (queue.archived_at) {
    if (!queue.heir_id) throw new AppError('QUEUE_ARCHIVED', { queueId: wanted.queueId });
    return createConversation(tx, { ...wanted, queueId: queue.heir_id });
  }
  const line = lineColumns({
    weight: queue.weight,
    settings: queue.settings,
    priority: 0,
    queuedSince: queue.now.getTime(),
    front: false,
  });
  const id = wanted.id ?? newId();
  const rows = await tx.query<{ rev: string }>(
    `INSERT INTO conversation (id, channel_id, channel_kind, identity_id, contact_id, queue_id, chat_like,
        status, placement, queued_since, front, order_key, policy_version, previous_id, created_at, rung_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', 'queued', $8, $9, $10, $11, $12, $13, $13)
     ON CONFLICT (identity_id) WHERE chat_like AND status <> 'closed' AND superseded_by_id IS NULL DO NOTHING
     RETURNING rev`,
    [
      id,
      wanted.channelId,
      wanted.channelKind,
      wanted.identityId,
      wanted.contactId,
      wanted.queueId,
      wanted.chatLike,
      line.queued_since,
      line.front,
      line.order_key,
      queue.version,
      wanted.previousId ?? null,
      queue.now,
    ],
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
  await writeHandOut(tx, { conversationId: id }, 'created');
  tx.effects.changed.add(id);
  tx.effects.rings.push({ conversationId: id, signal: 'check' });
  return id;
}
