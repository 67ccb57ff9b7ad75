/** Reads of one conversation: as a whole, its messages and events in pages. */
import type { Database } from '../client';
import {
  CONVERSATION_VIEW,
  EVENT_VIEW,
  MESSAGE_VIEW,
  type ConversationView,
  type EventView,
  type MessageView,
} from './views';

export { listConversations } from './list-conversations';

/** A person as one channel knows them, and as the address book does. */
export interface CustomerView {
  readonly identity: {
    readonly id: string;
    readonly externalId: string;
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    readonly language: string | null;
    readonly answers: readonly {
      readonly key: string;
      readonly label: string;
      readonly value: string;
    }[];
    readonly page: { readonly url: string; readonly title: string } | null;
  };
  readonly contact: {
    readonly id: string;
    readonly firstName: string | null;
    readonly lastName: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  } | null;
}

export interface Snapshot extends CustomerView {
  readonly conversation: ConversationView;
  /** The newest, by their sequence. */
  readonly messages: readonly MessageView[];
  /** The newest, oldest first. */
  readonly events: readonly EventView[];
}

/** Messages and events of a snapshot; older ones are read in pages. */
const NEWEST = 50;

const SNAPSHOT = `
  SELECT ${CONVERSATION_VIEW} AS conversation,
    (SELECT coalesce(json_agg(x.view ORDER BY x.seq), '[]') FROM (
       SELECT ${MESSAGE_VIEW} AS view, m.seq FROM message m
        WHERE m.conversation_id = c.id ORDER BY m.seq DESC LIMIT ${NEWEST}) x) AS messages,
    (SELECT coalesce(json_agg(x.view ORDER BY x.id), '[]') FROM (
       SELECT ${EVENT_VIEW} AS view, e.id FROM conversation_event e
        WHERE e.conversation_id = c.id ORDER BY e.rev DESC, e.id DESC LIMIT ${NEWEST}) x) AS events,
    (SELECT json_build_object('id', i.id, 'externalId', i.external_id, 'name', i.name, 'email', i.email,
                              'phone', i.phone, 'language', i.language, 'answers', i.answers, 'page', i.page)
       FROM identity i WHERE i.id = c.identity_id) AS identity,
    (SELECT json_build_object('id', k.id, 'firstName', k.first_name, 'lastName', k.last_name, 'email', k.email,
                              'phone', k.phone)
       FROM contact k WHERE k.id = c.contact_id) AS contact
    FROM conversation c WHERE c.id = $1`;

/** One conversation as one screen shows it, all of the same instant. Null where there is none. */
export async function readSnapshot(
  db: Pick<Database, 'query'>,
  id: string,
): Promise<Snapshot | null> {
  const rows = await db.query<Snapshot & Record<string, unknown>>(SNAPSHOT, [id]);
  return rows[0] ?? null;
}

/** Messages with a sequence below `before`, newest first. */
export async function readMessages(
  db: Pick<Database, 'query'>,
  id: string,
  page: { readonly limit: number; readonly before: number | null },
): Promise<MessageView[]> {
  const rows = await db.query<{ view: MessageView }>(
    `SELECT ${MESSAGE_VIEW} AS view FROM message m
      WHERE m.conversation_id = $1 AND ($2::int IS NULL OR m.seq < $2) ORDER BY m.seq DESC LIMIT $3`,
    [id, page.before, page.limit],
  );
  return rows.map((row) => row.view);
}

/** One message by its id; null where it is not of this conversation. */
export async function readMessage(
  db: Pick<Database, 'query'>,
  conversationId: string,
  messageId: string,
): Promise<MessageView | null> {
  const rows = await db.query<{ view: MessageView }>(
    `SELECT ${MESSAGE_VIEW} AS view FROM message m WHERE m.id = $2 AND m.conversation_id = $1`,
    [conversationId, messageId],
  );
  return rows[0]?.view ?? null;
}

/** Events with an id below `before`, newest first. */
export async function readEvents(
  db: Pick<Database, 'query'>,
  id: string,
  page: { readonly limit: number; readonly before: number | null },
): Promise<EventView[]> {
  const rows = await db.query<{ view: EventView }>(
    `SELECT ${EVENT_VIEW} AS view FROM conversation_event e
      WHERE e.conversation_id = $1 AND ($2::bigint IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
    [id, page.before, page.limit],
  );
  return rows.map((row) => row.view);
}
