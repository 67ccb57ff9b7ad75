/** What a simulation replays: when conversations came, how long they waited and were worked on. No text, no names. */
import type { RecordedConversation } from '../../core/simulation/recorded';
import type { Database } from '../client';

/**
 * Handling is from the first assignment until solved or closed, less the time in which it waited for the customer or was
 * solved for a while. Gave up: never had an agent, and was ended by the customer. Whoever closes it after that is no
 * matter, so it is the last solving that tells, or the closing where nobody had solved it. Customers bear a number in
 * the order in which they first come back, and none where they came once.
 */
const RECORDED = `
  WITH came AS (
    SELECT * FROM conversation WHERE created_at >= $1 AND created_at < $2
  ), first_agent AS (
    SELECT k.conversation_id AS id, min(k.created_at) AS at
      FROM claim k JOIN came c ON c.id = k.conversation_id
     WHERE k.kind IN ('assign', 'accept', 'take') GROUP BY 1
  ), changes AS (
    SELECT e.conversation_id AS id, e.data->>'to' AS status, e.created_at AS at, e.actor_kind,
           lead(e.created_at) OVER (PARTITION BY e.conversation_id ORDER BY e.id) AS until
      FROM conversation_event e JOIN came c ON c.id = e.conversation_id
     WHERE e.kind = 'statusChanged'
  ), breaks AS (
    SELECT id, sum(until - at) AS total,
           sum(until - at) FILTER (WHERE status = 'waiting') AS waiting FROM changes
     WHERE status IN ('waiting', 'solved') AND until IS NOT NULL GROUP BY 1
  ), solving AS (
    SELECT id, actor_kind FROM changes WHERE status = 'solved' AND until IS NULL
  ), first_queue AS (
    SELECT DISTINCT ON (r.conversation_id) r.conversation_id AS id, r.queue_id
      FROM decision_receipt r JOIN came c ON c.id = r.conversation_id
     ORDER BY r.conversation_id, r.created_at
  )
  SELECT c.created_at AS at, coalesce(q.queue_id, c.queue_id) AS queue_id, c.channel_kind AS kind, c.priority,
         c.required_skills, c.preferred_skills, coalesce(c.contact_id, c.identity_id) AS customer,
         CASE WHEN f.at IS NOT NULL THEN extract(epoch FROM coalesce(b.waiting, interval '0')) * 1000 END AS waiting,
         extract(epoch FROM f.at - c.created_at) * 1000 AS waited,
         CASE WHEN c.status IN ('solved', 'closed')
              THEN extract(epoch FROM coalesce(c.solved_at, c.closed_at) - f.at
                                      - coalesce(b.total, interval '0')) * 1000 END AS handling,
         CASE WHEN c.status IN ('solved', 'closed') AND f.at IS NULL AND c.last_agent_id IS NULL
                   AND coalesce(s.actor_kind, c.closed_by) = 'customer'
              THEN extract(epoch FROM coalesce(c.solved_at, c.closed_at) - c.created_at) * 1000 END AS gave_up
    FROM came c
    LEFT JOIN first_agent f ON f.id = c.id
    LEFT JOIN breaks b ON b.id = c.id
    LEFT JOIN solving s ON s.id = c.id
    LEFT JOIN first_queue q ON q.id = c.id
   ORDER BY c.created_at, c.id`;

/** Conversations that were created from `from` until before `to`, the oldest first. */
export async function readRecordedConversations(
  db: Database,
  from: Date,
  to: Date,
): Promise<RecordedConversation[]> {
  const rows = await db.query<{
    at: Date;
    queue_id: string;
    kind: string;
    priority: number;
    waited: string | null;
    handling: string | null;
    waiting: string | null;
    required_skills: string[];
    preferred_skills: string[];
    customer: string;
    gave_up: string | null;
  }>(RECORDED, [from, to]);
  const ms = (value: string | null): number | null =>
    value === null ? null : Math.max(0, Math.round(Number(value)));
  const numbers = numbersOf(rows.map(({ customer }) => customer));
  return rows.map((row) => ({
    at: row.at.getTime(),
    queueId: row.queue_id,
    kind: row.kind,
    priority: row.priority,
    waitedMs: ms(row.waited),
    handlingMs: ms(row.handling),
    waitingMs: ms(row.waiting) ?? 0,
    skills: { required: row.required_skills, preferred: row.preferred_skills },
    customer: numbers.get(row.customer) ?? null,
    gaveUpMs: ms(row.gave_up),
  }));
}

/** A number for whoever is there more than once, so that nothing says who it is. */
function numbersOf(customers: readonly string[]): Map<string, string> {
  const seen = new Set<string>();
  const numbers = new Map<string, string>();
  for (const customer of customers) {
    if (seen.has(customer) && !numbers.has(customer)) numbers.set(customer, `${numbers.size + 1}`);
    seen.add(customer);
  }
  return numbers;
}

export interface RecordedOffers {
  readonly made: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Mean time to an acceptance. */
  readonly answerMs: number;
}

/** How agents treated what they were offered in this time; null where nothing was offered. */
export async function readRecordedOffers(
  db: Database,
  from: Date,
  to: Date,
): Promise<RecordedOffers | null> {
  const [row] = await db.query<Record<'made' | 'accepted' | 'rejected' | 'answer', string | null>>(
    `SELECT count(*) AS made,
            count(*) FILTER (WHERE a.kind = 'accept') AS accepted,
            count(*) FILTER (WHERE a.kind = 'reject') AS rejected,
            avg(extract(epoch FROM a.created_at - o.created_at) * 1000)
              FILTER (WHERE a.kind = 'accept') AS answer
       FROM claim o
       LEFT JOIN claim a ON a.conversation_id = o.conversation_id AND a.claim_no = o.claim_no + 1
      WHERE o.kind = 'offer' AND o.created_at >= $1 AND o.created_at < $2`,
    [from, to],
  );
  const made = Number(row?.made ?? 0);
  if (!row || made === 0) return null;
  return {
    made,
    accepted: Number(row.accepted),
    rejected: Number(row.rejected),
    answerMs: Math.round(Number(row.answer ?? 0)),
  };
}
