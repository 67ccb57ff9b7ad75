/** What is on record of a conversation's time in line. */
import type { WaitLog } from '../../core/routing/wait-split';
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

/** Where nothing of it was wanted: neither accepted nor ended by what somebody did to the conversation. */
const IGNORED_OFFERS = `
  SELECT o.created_at AS "from", n.created_at AS "to"
    FROM claim o JOIN claim n ON n.conversation_id = o.conversation_id AND n.claim_no = o.claim_no + 1
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
    on.query<{ from: Date; to: Date }>(IGNORED_OFFERS, [conversation.id]),
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
