import type { QueueSettings } from '../core/routing/policy';
import type { Tx } from './client';
import { lineColumns } from './place-in-line';

/**
 * Writes the order keys of a queue's line anew, after its weight or aging changed. Rows are locked by id, like
 * everywhere. One that comes into line at this very moment may still get a key by the old weight.
 */
export async function reorderLine(
  tx: Tx,
  queueId: string,
  queue: { weight: number; settings: QueueSettings },
): Promise<void> {
  const inLine = `queue_id = $1 AND status = 'open' AND placement IN ('queued', 'offered')`;
  await tx.query(`SELECT 1 FROM conversation WHERE ${inLine} ORDER BY id FOR NO KEY UPDATE`, [
    queueId,
  ]);
  const rows = await tx.query<{
    id: string;
    priority: number;
    queued_since: Date;
    front: boolean;
  }>(
    `SELECT id, priority, queued_since, front FROM conversation
      WHERE ${inLine} AND queued_since IS NOT NULL`,
    [queueId],
  );
  const keys = rows.map((row) =>
    Number(lineColumns({ ...queue, ...row, queuedSince: row.queued_since.getTime() })['order_key']),
  );
  await tx.query(
    `UPDATE conversation c SET order_key = line.key, rev = rev + 1
       FROM unnest($1::uuid[], $2::bigint[]) AS line(id, key)
      WHERE c.id = line.id AND c.order_key <> line.key`,
    [rows.map((row) => row.id), keys],
  );
  for (const row of rows) tx.effects.changed.add(row.id);
}
