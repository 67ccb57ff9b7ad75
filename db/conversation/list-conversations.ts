/** The lists of conversations: one page of a list, in that list's own order, filtered and cut to what one may see. */
import type { Database } from '../client';
import { queueScope, visibleTo, type Viewer } from '../access';
import {
  customerAmongLike,
  customerLike,
  findCustomers,
  patternOf,
  type FoundCustomers,
} from '../customers/find-customers';
import { CONVERSATION_VIEW, iso, type ConversationView } from './views';

/**
 * `mine`: what the viewer holds or is offered, and closed ones still greyed in the viewer's list, newest first.
 * `unassigned`: the waiting lines of the viewer's queues, first in line first.
 * `active`: all that is not closed, newest first. `closed`: last closed first.
 */
export type ListName = 'mine' | 'unassigned' | 'active' | 'closed';

export interface ListFilter {
  readonly queueId?: string | undefined;
  readonly status?: 'open' | 'waiting' | 'solved' | 'closed' | undefined;
  readonly channelId?: string | undefined;
  readonly channelKind?: string | undefined;
  readonly agentId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly identityId?: string | undefined;
  readonly number?: number | undefined;
  /** Part of the customer's name, e-mail address or phone number. */
  readonly customer?: string | undefined;
  /** Created at or after, created before. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/**
 * Where the page before ended: the sort value and the id of its last row. The value is an instant, but of the waiting
 * lines a whole number.
 */
export type Position = readonly [value: string, id: string];

export interface ListRow {
  readonly view: ConversationView;
  readonly position: Position;
}

/** Collects the values of a statement as its conditions are written. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown, cast = ''): string {
    this.list.push(value);
    return `$${this.list.length}${cast}`;
  }
}

/** Up to `limit` rows after `after`. */
export async function listConversations(
  db: Pick<Database, 'query'>,
  viewer: Viewer,
  list: ListName,
  filter: ListFilter,
  page: { readonly limit: number; readonly after: Position | null },
): Promise<ListRow[]> {
  const customers = filter.customer === undefined ? null : await findCustomers(db, filter.customer);
  const few = customers !== null || (list === 'closed' && (await fewWereCreated(db, filter)));
  const values = new Values();
  const me = values.add(viewer.id, '::uuid');
  const where = filters(filter, list, customers, values);
  const sql =
    list === 'unassigned'
      ? lineSql(viewer, me, where, page, values)
      : listSql(viewer, list, me, where, page, values, few);
  const rows = await db.query<{ view: ConversationView; value: string; id: string }>(
    sql,
    values.list,
  );
  return rows.map((row) => ({ view: row.view, position: [row.value, row.id] }));
}

type Page = Parameters<typeof listConversations>[4];

function listSql(
  viewer: Viewer,
  list: Exclude<ListName, 'unassigned'>,
  me: string,
  filtered: readonly string[],
  page: Page,
  values: Values,
  few: boolean,
): string {
  const closed = list === 'closed';
  // An agent's closed ones are read in their order from those the agent took part in, however many others there are.
  const ofAgent = closed && viewer.role === 'agent';
  const from = ofAgent
    ? 'participant p JOIN conversation c ON c.id = p.conversation_id'
    : 'conversation c';
  const id = ofAgent ? 'p.conversation_id' : 'c.id';
  const value = ofAgent ? 'p.closed_at' : closed ? 'c.closed_at' : 'c.created_at';
  const where = [...filtered];
  if (list === 'mine') {
    where.push(
      `(c.owner_id = ${me} OR c.transfer_to_id = ${me} OR (c.listed_agent_id = ${me} AND c.status = 'closed'))`,
    );
  } else if (ofAgent) {
    where.push(`p.agent_id = ${me}`, `c.status = 'closed'`);
  } else {
    where.push(visibleTo(viewer, me), closed ? `c.status = 'closed'` : `c.status <> 'closed'`);
  }
  if (page.after) {
    const [at, last] = page.after;
    where.push(
      `(${value}, ${id}) < (${values.add(at, '::timestamptz')}, ${values.add(last, '::uuid')})`,
    );
  }
  return `
    SELECT ${iso('x.value')} AS value, x.id, ${CONVERSATION_VIEW} AS view
      FROM (SELECT c.id, ${value} AS value FROM ${from} WHERE ${where.join(' AND ')}
             ORDER BY ${few ? unordered(value) : value} DESC, ${id} DESC LIMIT ${values.add(page.limit)}) x
      JOIN conversation c ON c.id = x.id
     ORDER BY x.value DESC, x.id DESC`;
}

/** The value, in a form that no index has: the rows are found by something else, and sorted then. */
const unordered = (value: string): string => `(${value} + interval '0')`;

/** A range of creation with so few rows is read as a whole; of more, those in the list's order until a page is full. */
const FEW = 30_000;

/** Whether few closed conversations were created between the filter's two instants. False where it has not both. */
async function fewWereCreated(
  db: Pick<Database, 'query'>,
  { from, to }: ListFilter,
): Promise<boolean> {
  if (!from || !to) return false;
  const rows = await db.query<{ few: boolean }>(
    `SELECT count(*) <= ${FEW} AS few FROM (
       SELECT 1 FROM conversation WHERE status = 'closed' AND created_at >= $1 AND created_at < $2
        LIMIT ${FEW + 1}) x`,
    [from, to],
  );
  return rows[0]?.few ?? false;
}

/** Merges the heads of the lines, so the cost does not grow with their length. */
function lineSql(
  viewer: Viewer,
  me: string,
  filtered: readonly string[],
  page: Page,
  values: Values,
): string {
  const after = page.after
    ? `AND (c.order_key, c.id) > (${values.add(page.after[0], '::bigint')}, ${values.add(page.after[1], '::uuid')})`
    : '';
  const limit = values.add(page.limit);
  const filter = filtered.map((condition) => `AND ${condition}`).join(' ');
  return `
    SELECT x.order_key::text AS value, x.id, ${CONVERSATION_VIEW} AS view
      FROM (SELECT head.id, head.order_key
              FROM (SELECT id FROM queue WHERE ${queueScope(viewer, 'queue.id', me)}) line
             CROSS JOIN (SELECT DISTINCT kind FROM channel) k
             CROSS JOIN LATERAL (
               SELECT c.id, c.order_key FROM conversation c
                WHERE c.queue_id = line.id AND c.channel_kind = k.kind
                  AND c.status = 'open' AND c.placement = 'queued' ${filter} ${after}
                ORDER BY c.order_key, c.id LIMIT ${limit}) head
             ORDER BY head.order_key, head.id LIMIT ${limit}) x
      JOIN conversation c ON c.id = x.id
     ORDER BY x.order_key, x.id`;
}

function filters(
  filter: ListFilter,
  list: ListName,
  customers: FoundCustomers | null,
  values: Values,
): string[] {
  const where: string[] = [];
  const equals = (column: string, value: string | number | undefined, cast: string): void => {
    if (value !== undefined) where.push(`${column} = ${values.add(value, cast)}`);
  };
  equals('c.queue_id', filter.queueId, '::uuid');
  equals('c.status', filter.status, '::conversation_status');
  equals('c.channel_id', filter.channelId, '::uuid');
  equals('c.channel_kind', filter.channelKind, '');
  equals('c.contact_id', filter.contactId, '::uuid');
  equals('c.identity_id', filter.identityId, '::uuid');
  equals('c.number', filter.number, '::bigint');
  if (filter.agentId !== undefined) {
    const agent = values.add(filter.agentId, '::uuid');
    const last = `c.last_agent_id = ${agent}`;
    // What is closed has no owner. The others are found by two indexes; an expression of both columns has none.
    where.push(
      list === 'closed' ? last : `(c.owner_id = ${agent} OR (c.owner_id IS NULL AND ${last}))`,
    );
  }
  if (customers) where.push(oneOf(customers, values));
  else if (filter.customer !== undefined) {
    const like = list === 'unassigned' ? customerAmongLike : customerLike;
    where.push(like(values.add(patternOf(filter.customer))));
  }
  if (filter.from) {
    const from = values.add(filter.from, '::timestamptz');
    where.push(`c.created_at >= ${from}`);
    // It follows from the line above, and lets the search end there.
    if (list === 'closed') where.push(`c.closed_at >= ${from}`);
  }
  if (filter.to) where.push(`c.created_at < ${values.add(filter.to)}`);
  return where;
}

function oneOf({ identities, contacts, ofContacts }: FoundCustomers, values: Values): string {
  const ids = (list: readonly string[]): string => `ANY(${values.add(list, '::uuid[]')})`;
  return `(c.identity_id = ${ids(identities)} OR c.contact_id = ${ids(contacts)}
    OR (c.contact_id IS NULL AND c.identity_id = ${ids(ofContacts)}))`;
}
