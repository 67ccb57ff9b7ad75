/** Which conversations stand in a list stream, and the rows that go through it. */
import type { Database } from '../client';
import { prepared } from '../prepared';
import { CONVERSATION_VIEW, type ConversationView } from './views';

/**
 * `agent`: what an agent holds or is offered, and what stands greyed in the agent's list. `queue`: all of a queue that
 * is not closed. `line`: what of it stands in line.
 */
export type StreamKind = 'agent' | 'queue' | 'line';

const MEMBERS: Readonly<Record<StreamKind, string>> = {
  agent: `owner_id = $1
    UNION SELECT id, rev FROM conversation WHERE listed_agent_id = $1
    UNION SELECT id, rev FROM conversation WHERE transfer_to_id = $1`,
  queue: `queue_id = $1 AND status <> 'closed'`,
  line: `queue_id = $1 AND status = 'open' AND placement = 'queued'`,
};

/** Ids and revs of what stands in the list of this agent or queue now. */
export async function listMembers(
  db: Pick<Database, 'query'>,
  kind: StreamKind,
  id: string,
): Promise<{ id: string; rev: number }[]> {
  const rows = await db.query<{ id: string; rev: string }>(
    `SELECT id, rev FROM conversation WHERE ${MEMBERS[kind]}`,
    [id],
  );
  return rows.map((row) => ({ id: row.id, rev: Number(row.rev) }));
}

const VIEWS = prepared(
  `SELECT ${CONVERSATION_VIEW} AS view FROM conversation c WHERE c.id = ANY($1)`,
);

/** The rows of these conversations as lists show them. */
export async function readViews(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<ConversationView[]> {
  const rows = await db.query<{ view: ConversationView }>(VIEWS, [ids]);
  return rows.map((row) => row.view);
}
