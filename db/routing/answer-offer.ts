/** An agent's answer to what is offered: from the line, or by another agent. */
import { acceptOffer } from './claim';
import { rejectOffer } from './claim-back';
import { declineTransfer, takeOver } from './claim-transfer';
import type { Database } from '../client';
import type { Effects } from '../effects';

type Answered = Promise<{ value: void; effects: Effects }>;

/**
 * Accepts. The first outcome of a key stands.
 * @throws AppError OFFER_GONE where it lapsed or went to somebody else, AGENT_UNAVAILABLE, NOT_FOUND
 */
export async function accept(db: Database, id: string, agentId: string, key: string): Answered {
  const transfer = await isTransfer(db, id, agentId, key);
  return transfer ? takeOver(db, id, agentId, key) : acceptOffer(db, id, agentId, key);
}

/** Rejects: it goes back to its place in line, or stays with the agent who offers it. @throws AppError OFFER_GONE, NOT_FOUND */
export async function reject(db: Database, id: string, agentId: string, key: string): Answered {
  const transfer = await isTransfer(db, id, agentId, key);
  return transfer ? declineTransfer(db, id, agentId, key) : rejectOffer(db, id, agentId, key);
}

/** A repeat is answered like the first time, when the transfer has long been over. */
async function isTransfer(
  db: Database,
  id: string,
  agentId: string,
  key: string,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM conversation WHERE id = $1 AND transfer_to_id = $2
      UNION ALL
     SELECT 1 FROM claim WHERE conversation_id = $1 AND key = $3 AND kind IN ('takeOver', 'decline')`,
    [id, agentId, key],
  );
  return rows.length > 0;
}
