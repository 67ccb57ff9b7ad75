/** Why a conversation went where it went, as it is read. */
import type { Receipt } from '../../core/routing/explain';
import { splitWait } from '../../core/routing/wait-split';
import type { Database } from '../client';
import { iso } from '../conversation/views';
import { readWaitLog } from './wait-log';

/** A stored receipt, as it is shown. */
export interface ReceiptView extends Receipt {
  readonly id: string;
  readonly claimNo: number | null;
  readonly createdAt: string;
}

const RECEIPTS = `
  SELECT c.queue_id AS "queueId", json_build_object('id', r.id, 'claimNo', r.claim_no, 'result', r.result,
           'agentId', r.agent_id, 'queueId', r.queue_id, 'policyVersion', r.policy_version, 'trigger', r.trigger,
           'rule', r.rule, 'candidates', r.candidates, 'waitMs', r.wait_ms, 'cause', r.cause,
           'createdAt', ${iso('r.created_at')}) AS view
    FROM decision_receipt r JOIN conversation c ON c.id = r.conversation_id
   WHERE r.conversation_id = $1 AND ($2::uuid IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3`;

/**
 * Newest first, each with what the wait until then was spent on. `before` is the id of the last receipt of the page
 * before.
 */
export async function readReceipts(
  db: Pick<Database, 'query'>,
  id: string,
  page: { readonly limit: number; readonly before: string | null },
): Promise<ReceiptView[]> {
  const rows = await db.query<{ queueId: string; view: Omit<ReceiptView, 'waitByCause'> }>(
    RECEIPTS,
    [id, page.before, page.limit],
  );
  const [newest] = rows;
  if (!newest) return [];
  const waits = rows.map(({ view }) => waitOf(view));
  const first = Math.min(...waits.map(({ from }) => from));
  const last = Math.max(...waits.map(({ until }) => until));
  // Its queue is that of now: the moves since the last of these receipts are among those that the log goes by.
  const log = await readWaitLog(db, { id, queueId: newest.queueId }, first, last);
  return rows.map(({ view }, at) => ({
    ...view,
    waitByCause: splitWait(waits[at]?.from ?? last, waits[at]?.until ?? last, log),
  }));
}

function waitOf(view: { createdAt: string; waitMs: number }): { from: number; until: number } {
  const until = new Date(view.createdAt).getTime();
  return { from: until - view.waitMs, until };
}
