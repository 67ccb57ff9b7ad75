/** Who may look at which conversation. What one may not see does not exist: the answer is NOT_FOUND. */
import { AppError } from '../core/errors';
import type { Placement, Status } from '../core/conversation/types';
import type { Database, Tx } from './client';
import { tookPart } from './conversation/participants';

export interface Viewer {
  readonly id: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
}

/** What a look at the door tells of a conversation. */
export interface Seen {
  readonly id: string;
  readonly status: Status;
  readonly placement: Placement | null;
  readonly ownerId: string | null;
  readonly queueId: string;
}

/** Condition on a queue's id: the queues that a viewer works in or oversees. A supervisor of none oversees all. */
export function queueScope(viewer: Viewer, queueId: string, param: string): string {
  const member = `${queueId} IN (SELECT queue_id FROM queue_member WHERE agent_id = ${param})`;
  if (viewer.role === 'admin') return `${param}::uuid IS NOT NULL`;
  if (viewer.role === 'agent') return member;
  return `(${member} OR NOT EXISTS (SELECT 1 FROM queue_member WHERE agent_id = ${param}))`;
}

/**
 * Condition on a conversation `c` that is true where the viewer may see it; `param` stands for the viewer's id.
 * An agent sees what is or was last with them or is offered them, what stands in line in their queues, and closed ones they took part in.
 */
export function visibleTo(viewer: Viewer, param: string): string {
  const own = `(c.owner_id = ${param} OR c.last_agent_id = ${param} OR c.listed_agent_id = ${param}
    OR c.transfer_to_id = ${param})`;
  const scope = queueScope(viewer, 'c.queue_id', param);
  if (viewer.role !== 'agent') return `(${scope} OR ${own})`;
  return `(${own} OR (c.status = 'open' AND c.placement = 'queued' AND ${scope})
    OR (c.status = 'closed' AND ${tookPart('c.id', param)}))`;
}

/**
 * Lets the viewer through to a conversation, or throws as if there were none.
 * `write` is for record edits and notes: the assignee, a supervisor or an admin.
 * @throws AppError NOT_FOUND, NOT_ASSIGNEE
 */
export async function conversationFor(
  on: Pick<Database | Tx, 'query'>,
  viewer: Viewer,
  id: string,
  need: 'see' | 'write',
): Promise<Seen> {
  const rows = await on.query<{
    id: string;
    status: Status;
    placement: Placement | null;
    owner_id: string | null;
    queue_id: string;
  }>(
    `SELECT c.id, c.status, c.placement, c.owner_id, c.queue_id FROM conversation c
      WHERE c.id = $1 AND ${visibleTo(viewer, '$2')}`,
    [id, viewer.id],
  );
  const row = rows[0];
  if (!row) throw new AppError('NOT_FOUND');
  const seen: Seen = {
    id: row.id,
    status: row.status,
    placement: row.placement,
    ownerId: row.owner_id,
    queueId: row.queue_id,
  };
  if (need === 'write') mustWrite(seen, viewer);
  return seen;
}

/** @throws AppError NOT_ASSIGNEE where an agent does not hold the conversation */
function mustWrite(seen: Seen, viewer: Viewer): void {
  if (viewer.role !== 'agent') return;
  const holds = seen.placement === 'assigned' && seen.ownerId === viewer.id;
  if (!holds) throw new AppError('NOT_ASSIGNEE');
}

/** The queues whose waiting line the viewer may watch; null means all of them. */
export async function queuesOf(
  on: Pick<Database | Tx, 'query'>,
  viewer: Viewer,
): Promise<ReadonlySet<string> | null> {
  if (viewer.role === 'admin') return null;
  const rows = await on.query<{ queue_id: string }>(
    'SELECT queue_id FROM queue_member WHERE agent_id = $1',
    [viewer.id],
  );
  if (viewer.role === 'supervisor' && rows.length === 0) return null;
  return new Set(rows.map((row) => row.queue_id));
}

/**
 * True where this very person used this key on the conversation before: a repeat is answered with the first outcome,
 * even if the conversation has left the person's sight through it.
 */
export async function usedKeyBefore(
  on: Pick<Database | Tx, 'query'>,
  conversationId: string,
  personId: string,
  key: string,
): Promise<boolean> {
  const rows = await on.query(
    `SELECT 1 FROM command WHERE conversation_id = $1 AND key = $3 AND giver_id = $2
      UNION ALL SELECT 1 FROM claim WHERE conversation_id = $1 AND key = $3 AND actor_id = $2
      UNION ALL SELECT 1 FROM message WHERE conversation_id = $1 AND key = $3 AND author_id = $2 LIMIT 1`,
    [conversationId, personId, key],
  );
  return rows.length > 0;
}
