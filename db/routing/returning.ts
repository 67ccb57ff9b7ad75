/** Who was the last to speak with a customer who comes back to a queue. */
import type { Returning } from '../../core/routing/returning';
import type { Tx } from '../client';
import { prepared } from '../prepared';

const lastBy = (column: 'identity_id' | 'contact_id', value: string): string =>
  `(SELECT c.last_agent_id, c.number FROM conversation c
     WHERE c.${column} = ${value} AND c.queue_id = $3 AND c.last_agent_id IS NOT NULL
       AND c.last_message_at > app_now() - $4::int * interval '1 day'
     ORDER BY c.number DESC LIMIT 1)`;

/** The last conversation that had an agent; both ways are asked, because a contact may write by several channels. */
const LAST = prepared(
  `SELECT a.id, a.state = 'available' AND a.absent_since IS NULL AND a.skills @> $5::text[] AS there
     FROM (SELECT last_agent_id FROM (${lastBy('identity_id', '$1')} UNION ALL ${lastBy('contact_id', '$2')}) both_ways
            ORDER BY number DESC LIMIT 1) last
     JOIN agent a ON a.id = last.last_agent_id AND a.archived_at IS NULL
     JOIN queue_member m ON m.agent_id = a.id AND m.queue_id = $3`,
);

export interface KnownAgent {
  readonly id: string;
  /** Until when a new conversation is kept for this agent, milliseconds; null where it is not. */
  readonly keptUntil: number | null;
}

/** The agent whom a customer of this queue knows from the last time; null where there is none, or nobody asks. */
export async function knownAgent(
  tx: Tx,
  customer: { readonly identityId: string; readonly contactId: string | null },
  queue: {
    readonly id: string;
    readonly returning: Returning;
    readonly required: readonly string[];
  },
  now: number,
): Promise<KnownAgent | null> {
  const { mode, days, waitMs } = queue.returning;
  if (mode === 'off') return null;
  const { identityId, contactId } = customer;
  const values = [identityId, contactId, queue.id, days, queue.required];
  const [agent] = await tx.query<{ id: string; there: boolean }>(LAST, values);
  if (!agent) return null;
  // There but full: whoever has room gets it at once, and nobody waits for one who is not there.
  const keeps = mode === 'wait' && agent.there;
  return { id: agent.id, keptUntil: keeps ? now + waitMs : null };
}
