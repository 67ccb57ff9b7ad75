/** What is on record of a conversation's time in line. */
import type { WaitLog } from '../../core/routing/wait-split';
import { ROUND_PAUSE_MS } from '../../core/routing/policy';
import { staysOf } from '../../core/routing/wait-split';
import type { Database, Tx } from '../client';
import { readConditions } from './queue-conditions';

interface MoveRow {
  readonly at: Date;
  readonly from: string;
  readonly to: string;
}

/** By these a conversation changes its queue; each tells from where to where. */
const MOVES = `
  SELECT created_at AS at, coalesce(data->>'from', data->>'fromQueueId') AS "from",
         coalesce(data->>'to', data->>'queueId') AS "to"
    FROM conversation_event
   WHERE conversation_id = $1 AND kind IN ('transferredToQueue', 'overflowed', 'movedToHeir')
   ORDER BY id`;

/**
 * Where nothing of it was wanted: neither accepted nor ended by what somebody did to the conversation. Who rejected or
 * missed it is passed over until the round ends, so its time goes on until then, or until somebody else has it.
 */
const IGNORED_OFFERS = `
  SELECT o.created_at AS "from",
         CASE WHEN n.kind = 'withdraw' THEN n.created_at
              ELSE least("then".created_at, n.created_at + interval '1 ms' *
                         coalesce((q.settings->>'roundPauseMs')::int, $2::int)) END AS "to"
    FROM claim o JOIN claim n ON n.conversation_id = o.conversation_id AND n.claim_no = o.claim_no + 1
    LEFT JOIN claim "then" ON "then".conversation_id = o.conversation_id AND "then".claim_no = o.claim_no + 2
    JOIN conversation c ON c.id = o.conversation_id JOIN queue q ON q.id = c.queue_id
   WHERE o.conversation_id = $1 AND o.kind = 'offer' AND n.kind IN ('reject', 'lapse', 'withdraw')
   ORDER BY o.claim_no`;

/** What `splitWait` needs to know of the conversation between two instants (milliseconds). */
export async function readWaitLog(
  on: Pick<Database | Tx, 'query'>,
  conversation: { readonly id: string; readonly queueId: string },
  from: number,
  until: number,
): Promise<WaitLog> {
  const [moves, offers] = await Promise.all([
    on.query<MoveRow & Record<string, unknown>>(MOVES, [conversation.id]),
    on.query<{ from: Date; to: Date }>(IGNORED_OFFERS, [conversation.id, ROUND_PAUSE_MS]),
  ]);
  const stays = staysOf(
    moves.map((move) => ({ ...move, at: move.at.getTime() })),
    conversation.queueId,
    from,
    until,
  );
  const queueIds = stays.map(({ queueId }) => queueId);
  return {
    stays,
    conditions: await readConditions(on, queueIds, from, until),
    ignoredOffers: offers.map((offer) => ({ from: offer.from.getTime(), to: offer.to.getTime() })),
  };
}
