/** The lists of conversations: one page of a list, in that list's own order, filtered and cut to what one may see. */
import type { Database } from '../client';
import { queueScope, visibleTo, type Viewer } from '../access';
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
 * Where the page before ended: the sort value and the id of its last row. The value is a whole number, but of the
 * closed ones an instant.
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
  const values = new Values();
  const me = values.add(viewer.id, '::uuid');
  const where = filters(filter, values);
  const sql =
    list === 'unassigned'
      ? lineSql(viewer, me, where, page, values)
      : listSql(viewer, list, me, where, page, values);
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
): string {
  const closed = list === 'closed';
  const value = closed ? 'c.closed_at' : 'c.number';
  const cast = closed ? '::timestamptz' : '::bigint';
  const where = [...filtered];
  if (list === 'mine') {
    where.push(`(c.owner_id = ${me} OR (c.listed_agent_id = ${me} AND c.status = 'closed'))`);
  } else {
    where.push(visibleTo(viewer, me), closed ? `c.status = 'closed'` : `c.status <> 'closed'`);
  }
  if (page.after) {
    const [at, id] = page.after;
    where.push(`(${value}, c.id) < (${values.add(at, cast)}, ${values.add(id, '::uuid')})`);
  }
  return `
    SELECT ${closed ? iso('x.value') : 'x.value::text'} AS value, x.id, ${CONVERSATION_VIEW} AS view
      FROM (SELECT c.id, ${value} AS value FROM conversation c WHERE ${where.join(' AND ')}
             ORDER BY ${value} DESC, c.id DESC LIMIT ${values.add(page.limit)}) x
      JOIN conversation c ON c.id = x.id
     ORDER BY x.value DESC, x.id DESC`;
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

function filters(filter: ListFilter, values: Values): string[] {
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
    where.push(`coalesce(c.owner_id, c.last_agent_id) = ${values.add(filter.agentId, '::uuid')}`);
  }
  if (filter.customer !== undefined) where.push(customerLike(values.add(like(filter.customer))));
  if (filter.from) where.push(`c.created_at >= ${values.add(filter.from)}`);
  if (filter.to) where.push(`c.created_at < ${values.add(filter.to)}`);
  return where;
}

const like = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`;

const customerLike = (pattern: string): string => `EXISTS (
  SELECT 1 FROM identity i LEFT JOIN contact k ON k.id = coalesce(c.contact_id, i.contact_id)
   WHERE i.id = c.identity_id AND concat_ws(' ', k.first_name, k.last_name, k.email, k.phone, i.name, i.email, i.phone)
         ILIKE ${pattern})`;
