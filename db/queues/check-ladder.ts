import { AppError } from '../../core/errors';
import type { QueueSettings } from '../../core/routing/policy';
import type { Tx } from '../client';

/** A ladder leads to queues that are in use. @throws AppError NOT_FOUND, QUEUE_ARCHIVED */
export async function checkLadder(
  tx: Tx,
  { ladder = [] }: Pick<QueueSettings, 'ladder'> = {},
): Promise<void> {
  const ids = ladder.flatMap((step) => (step.do === 'overflow' ? [step.queueId] : []));
  if (ids.length === 0) return;
  const rows = await tx.query<{ id: string; archived: boolean }>(
    'SELECT id, archived_at IS NOT NULL AS archived FROM queue WHERE id = ANY($1)',
    [ids],
  );
  for (const queueId of ids) {
    const found = rows.find(({ id }) => id === queueId);
    if (!found) throw new AppError('NOT_FOUND', { queueId });
    if (found.archived) throw new AppError('QUEUE_ARCHIVED', { queueId });
  }
}
