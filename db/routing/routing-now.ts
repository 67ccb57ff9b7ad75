/** How a conversation stands in the routing at this moment, and how it came there. */
import { deadlineInWords } from '../../core/conversation/deadline-words';
import { DEADLINES, type DeadlineName } from '../../core/conversation/types';
import type { SinceVersion } from '../../core/routing/policy-changes';
import { splitWait, type WaitSplit } from '../../core/routing/wait-split';
import { candidatesOf, type Candidates } from './candidates';
import type { Database } from '../client';
import {
  isHandedOutRow,
  readRow,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import { queueOpens } from '../queues/queue-hours';
import { changesSince } from '../queues/queue-versions';
import { readReceipts, type ReceiptView } from './receipts';
import { readWaitLog } from './wait-log';

/** A place in line; an offered conversation keeps its own. */
export interface PlaceNow {
  /** How many of its queue, of whatever kind, go first. */
  readonly ahead: number;
  /** Whether the product gives what stands there to agents. */
  readonly handedOut: boolean;
  /** When the queue opens (ISO 8601); null while it is open, or where it never does. */
  readonly opensAt: string | null;
  readonly waitMs: number;
  readonly waitByCause: WaitSplit;
}

export interface RoutingNow {
  readonly row: ConversationRow;
  /** Null where it stands in no line. */
  readonly place: PlaceNow | null;
  /** Who could get it, in the order of the rule; null where it stands in no line, or is offered. */
  readonly candidates: Candidates | null;
  /** Milliseconds since 1970, earliest first. */
  readonly deadlines: readonly {
    readonly name: DeadlineName;
    readonly at: number;
    /** What comes then, in a few words. */
    readonly said: string;
  }[];
  /** Newest first. */
  readonly receipts: readonly ReceiptView[];
  /** By `versionKey`: for receipts of other versions than the present one, what has changed. */
  readonly since: ReadonlyMap<string, SinceVersion>;
}

/** Reads it with its last receipts. Null where there is no such conversation. */
export async function readRoutingNow(
  db: Database,
  id: string,
  options: { readonly receipts: number },
): Promise<RoutingNow | null> {
  const row = await readRow(db, id);
  if (!row) return null;
  const [place, candidates, receipts] = await Promise.all([
    placeNow(db, row),
    row.status === 'open' && row.placement === 'queued' ? candidatesOf(db, row) : null,
    readReceipts(db, id, { limit: options.receipts, before: null }),
  ]);
  const state = toState(row);
  const { deadlines } = state;
  return {
    ...{ row, place, candidates, receipts },
    deadlines: DEADLINES.flatMap((name) => {
      const at = deadlines[name];
      return at === null ? [] : [{ name, at, said: deadlineInWords(name, state) }];
    }).sort((a, b) => a.at - b.at),
    since: await changesSince(db, receipts),
  };
}

const AHEAD = `
  SELECT count(*)::int AS ahead FROM conversation me JOIN conversation c ON c.queue_id = me.queue_id
   WHERE me.id = $1 AND c.status = 'open' AND c.placement = 'queued' AND (c.order_key, c.id) < (me.order_key, me.id)`;

async function placeNow(db: Database, row: ConversationRow): Promise<PlaceNow | null> {
  const inLine = row.placement === 'queued' || row.placement === 'offered';
  if (row.status !== 'open' || !inLine || !row.queued_since) return null;
  const [since, now] = [row.queued_since.getTime(), row.now.getTime()];
  const [[counted], { opensAt }, log] = await Promise.all([
    db.query<{ ahead: number }>(AHEAD, [row.id]),
    queueOpens(db, row.queue_id),
    readWaitLog(db, { id: row.id, queueId: row.queue_id }, since, now),
  ]);
  return {
    ahead: counted?.ahead ?? 0,
    handedOut: isHandedOutRow(row),
    opensAt,
    waitMs: now - since,
    waitByCause: splitWait(since, now, log),
  };
}

/** The names of these agents and queues, by their ids. */
export async function namesOf(
  db: Database,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; name: string }>(
    `SELECT id, name FROM agent WHERE id = ANY($1) UNION ALL SELECT id, name FROM queue WHERE id = ANY($1)`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
