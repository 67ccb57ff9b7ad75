/** What an operator watches, counted in Postgres. Every count goes by an index or over what is small. */
import type { Database } from './client';
import { isFull } from './room';

export interface HealthFigures {
  readonly oldestUnhandledCommandSeconds: number;
  /** Rows that nobody takes care of, by kind; anything but zero needs an operator. */
  readonly orphans: {
    /** Open, without an owner, a place in line, a bot or a deadline; or in line of an archived queue. */
    readonly nowhere: number;
    readonly passedDeadline: number;
    readonly undecidedCommand: number;
    readonly pendingMessage: number;
  };
  /** Conversations in line, by the id of their queue. */
  readonly waiting: Readonly<Record<string, number>>;
}

/** A megabyte in a table that is gone at once. */
const NEEDS_ROOM = `
  CREATE TEMP TABLE needs_room ON COMMIT DROP AS
  SELECT repeat('x', 2000) FROM generate_series(1, 512)`;

/**
 * Whether the database takes what is written: one whose disk is full still answers questions. Only where it was seen
 * to be full is it tried by writing. Fails where it cannot be asked.
 */
export async function pingDatabase(db: Database): Promise<'ok' | 'full'> {
  if (!db.room.isShort) {
    await db.query('SELECT 1');
    return 'ok';
  }
  try {
    await db.query(NEEDS_ROOM);
  } catch (error) {
    if (isFull(error)) return 'full';
    throw error;
  }
  db.room.found();
  return 'ok';
}

const FIGURES = `
  SELECT
    (SELECT coalesce(extract(epoch FROM app_now() - min(created_at)), 0)::float8
       FROM command WHERE outcome IS NULL) AS oldest_command,
    (SELECT count(*)::int FROM conversation c JOIN queue q ON q.id = c.queue_id
      WHERE c.status <> 'closed' AND c.superseded_by_id IS NULL AND c.next_deadline_at IS NULL
        AND c.owner_id IS NULL
        AND (c.placement IS NULL OR c.placement = 'queued' AND q.archived_at IS NOT NULL)) AS nowhere,
    (SELECT count(*)::int FROM conversation
      WHERE status <> 'closed' AND next_deadline_at < app_now() - interval '30 s') AS passed_deadline,
    (SELECT count(*)::int FROM command
      WHERE outcome IS NULL AND created_at < app_now() - interval '60 s') AS undecided_command,
    (SELECT count(*)::int FROM message WHERE delivery IN ('pending', 'sending')
        AND created_at < app_now() - interval '5 min') AS pending_message`;

/** Counts what the metrics show and what must be zero. */
export async function healthFigures(db: Database): Promise<HealthFigures> {
  const [rows, waiting] = await Promise.all([
    db.query<{
      oldest_command: number;
      nowhere: number;
      passed_deadline: number;
      undecided_command: number;
      pending_message: number;
    }>(FIGURES),
    db.query<{ queue_id: string; waiting: number }>(
      `SELECT q.id AS queue_id, count(c.id)::int AS waiting FROM queue q
         LEFT JOIN conversation c ON c.queue_id = q.id AND c.status = 'open' AND c.placement = 'queued'
        WHERE q.archived_at IS NULL GROUP BY q.id`,
    ),
  ]);
  const row = rows[0];
  return {
    oldestUnhandledCommandSeconds: row?.oldest_command ?? 0,
    orphans: {
      nowhere: row?.nowhere ?? 0,
      passedDeadline: row?.passed_deadline ?? 0,
      undecidedCommand: row?.undecided_command ?? 0,
      pendingMessage: row?.pending_message ?? 0,
    },
    waiting: Object.fromEntries(waiting.map((line) => [line.queue_id, line.waiting])),
  };
}
