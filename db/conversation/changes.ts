/** Everything that people can see of a conversation and that is newer than a rev, read in one snapshot. */
import type { Database } from '../client';
import { prepared } from '../prepared';
import {
  CONVERSATION_VIEW,
  EVENT_VIEW,
  MESSAGE_VIEW,
  type ConversationView,
  type EventView,
  type MessageView,
} from './views';

export interface ConversationChanges {
  readonly conversationId: string;
  /** The rev asked for: what follows is newer. */
  readonly fromRev: number;
  readonly rev: number;
  /** False where too much has changed: messages and events are left out, read the conversation afresh. */
  readonly complete: boolean;
  readonly conversation: ConversationView;
  /** Written or changed since, by their sequence. */
  readonly messages: readonly MessageView[];
  readonly events: readonly EventView[];
}

/** More messages or events than this are read in pages, not as changes. */
const MOST = 500;

const SQL = prepared(`
  SELECT asked.at, ${CONVERSATION_VIEW} AS conversation,
    (SELECT coalesce(json_agg(x.view ORDER BY x.seq), '[]') FROM (
       SELECT ${MESSAGE_VIEW} AS view, m.seq FROM message m
        WHERE m.conversation_id = c.id AND m.rev > asked.after ORDER BY m.seq LIMIT ${MOST + 1}) x) AS messages,
    (SELECT coalesce(json_agg(x.view ORDER BY x.id), '[]') FROM (
       SELECT ${EVENT_VIEW} AS view, e.id FROM conversation_event e
        WHERE e.conversation_id = c.id AND e.rev > asked.after ORDER BY e.id LIMIT ${MOST + 1}) x) AS events
    FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS asked(id, after, at)
    JOIN conversation c ON c.id = asked.id`);

/** In the order asked for; null where there is no such conversation. `after` is a rev. */
export async function readManyChanges(
  db: Pick<Database, 'query'>,
  asked: readonly { readonly id: string; readonly after: number }[],
): Promise<(ConversationChanges | null)[]> {
  const rows = await db.query<{
    at: string;
    conversation: ConversationView;
    messages: MessageView[];
    events: EventView[];
  }>(SQL, [asked.map(({ id }) => id), asked.map(({ after }) => after)]);
  const found = new Map(rows.map((row) => [Number(row.at) - 1, row]));
  return asked.map(({ id, after }, at) => {
    const row = found.get(at);
    if (!row) return null;
    const complete = row.messages.length <= MOST && row.events.length <= MOST;
    return {
      conversationId: id,
      fromRev: after,
      rev: row.conversation.rev,
      complete,
      conversation: row.conversation,
      messages: complete ? row.messages : [],
      events: complete ? row.events : [],
    };
  });
}

/** Null where there is no such conversation. */
export async function readChanges(
  db: Pick<Database, 'query'>,
  id: string,
  after: number,
): Promise<ConversationChanges | null> {
  return (await readManyChanges(db, [{ id, after }]))[0] ?? null;
}
