/**
 * How queues were over time: open, and with somebody in. Level-triggered: whoever looks, and however often, appends what
 * differs from the last entry. Waits are split by it.
 */
import type { Condition } from '../../core/routing/wait-split';
import type { Database, Tx } from '../client';
import { prepared } from '../prepared';

/** Of $1, or of all that are not archived where it is null. Two lookers at once may append the same twice: harmless. */
const NOTE = prepared(
  `INSERT INTO queue_condition (queue_id, since, open, staffed)
   SELECT q.id, app_now(), q.open, there.staffed FROM queue q
    CROSS JOIN LATERAL (SELECT EXISTS (
      SELECT 1 FROM queue_member m JOIN agent a ON a.id = m.agent_id
       WHERE m.queue_id = q.id AND a.state = 'available' AND a.absent_since IS NULL
         AND a.archived_at IS NULL) AS staffed) there
     LEFT JOIN LATERAL (SELECT c.open, c.staffed FROM queue_condition c
       WHERE c.queue_id = q.id ORDER BY c.since DESC LIMIT 1) last ON true
    WHERE q.archived_at IS NULL AND ($1::uuid[] IS NULL OR q.id = ANY($1))
      AND (last.open IS DISTINCT FROM q.open OR last.staffed IS DISTINCT FROM there.staffed)
   ON CONFLICT (queue_id, since) DO UPDATE SET open = excluded.open, staffed = excluded.staffed`,
);

/** Appends how these queues are now, where that is new; all queues where none are named. */
export async function noteConditions(
  on: Pick<Database | Tx, 'query'>,
  queueIds: readonly string[] | null = null,
): Promise<void> {
  await on.query(NOTE, [queueIds]);
}

/** How many entries a read goes back at most: a queue changes some dozens of times a day. */
const MOST = 10_000;

/** The entries of these queues that say how they were between two instants (milliseconds), newest first. */
export async function readConditions(
  on: Pick<Database | Tx, 'query'>,
  queueIds: readonly string[],
  from: number,
  until: number,
): Promise<Condition[]> {
  const rows = await on.query<Omit<Condition, 'since'> & { since: Date }>(
    `SELECT c.queue_id AS "queueId", c.since, c.open, c.staffed FROM unnest($1::uuid[]) AS asked(id)
      CROSS JOIN LATERAL (
        SELECT * FROM queue_condition
         WHERE queue_id = asked.id AND since <= $3
           AND since >= coalesce((SELECT max(since) FROM queue_condition WHERE queue_id = asked.id AND since <= $2), $2)
         ORDER BY since DESC LIMIT ${MOST}) c`,
    [[...new Set(queueIds)], new Date(from), new Date(until)],
  );
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}
