import type { AfterCommit } from '../db/after-commit';
import type { Database } from '../db/client';
import { nextChangeInMs, recomputeHours } from '../db/queues/queue-hours';

export interface OpenedAndClosed {
  /** Milliseconds until a queue next opens or closes, by the database's clock; null where none ever does. */
  readonly nextInMs: number | null;
}

/** Opens and closes the queues of which a boundary has passed. */
export function openAndClose(
  db: Database,
  afterCommit: AfterCommit,
): () => Promise<OpenedAndClosed> {
  return async () => {
    const { effects } = await recomputeHours(db, 'due');
    afterCommit.start(effects);
    return { nextInMs: await nextChangeInMs(db) };
  };
}
