import type { QueueSettings } from '../../core/routing/policy';
import type { Tx } from '../client';
import { amongOf, lockRows, placeOf } from '../conversation/conversation-row';
import { orderKeyOf } from './place-in-line';

/**
 * Writes the order keys of a queue's line anew, after its weight or aging changed. Rows are locked by id, like
 * everywhere. One that comes into line at this very moment may still get a key by the old weight.
 */
export async function reorderLine(
  tx: Tx,
  queueId: string,
  queue: { weight: number; settings: QueueSettings },
): Promise<void> {
  const ids = await tx.query<{ id: string }>(
    `SELECT id FROM conversation WHERE queue_id = $1 AND status = 'open' AND placement IN ('queued', 'offered')`,
    [queueId],
  );
  const locked = await lockRows(
    tx,
    ids.map(({ id }) => id),
  );
  const rows = [...locked.values()].filter((row) => row.queue_id === queueId && row.queued_since);
  const keys = rows.map((row) => orderKeyOf(placeOf(row), { ...amongOf(row), ...queue }));
  await tx.query(
    `UPDATE conversation c SET order_key = line.key, rev = rev + 1
       FROM unnest($1::uuid[], $2::bigint[]) AS line(id, key)
      WHERE c.id = line.id AND c.order_key <> line.key`,
    [rows.map((row) => row.id), keys],
  );
  for (const row of rows) tx.effects.changed.add(row.id);
}
