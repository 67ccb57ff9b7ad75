/** All that explains one conversation: what happened, what runs, what waits, and why it went where it went. */
import type { TimelineEvent } from '../../core/conversation/timeline';
import type { Database } from '../client';
import { readEvents, readMessages } from './conversations';
import { readRoutingNow, type RoutingNow } from '../routing/routing-now';

export interface StoryMessage {
  readonly seq: number;
  readonly direction: 'in' | 'out' | 'note';
  readonly authorId: string | null;
  readonly delivery: string;
  readonly text: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface RefusedCommand {
  readonly name: string;
  readonly giverKind: string;
  readonly outcome: string;
  readonly decidedAt: Date;
}

export interface Story {
  /** With its row, its deadlines, and its receipts. */
  readonly routing: RoutingNow;
  /** Oldest first. */
  readonly events: readonly (TimelineEvent & { readonly createdAt: string })[];
  /** Oldest first. */
  readonly messages: readonly StoryMessage[];
  /** Commands that are not decided yet. */
  readonly undecided: readonly { readonly name: string; readonly createdAt: Date }[];
  /** Commands that were refused when they came to be decided. */
  readonly refused: readonly RefusedCommand[];
  /** Names of agents and queues by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** How much of each a story holds: the newest. */
const MOST = 1000;

/** Reads the story by the conversation's id or the number that people see. Null where there is none. */
export async function readStory(db: Database, idOrNumber: string): Promise<Story | null> {
  const found = await db.query<{ id: string }>(
    'SELECT id FROM conversation WHERE id::text = $1 OR number::text = $1',
    [idOrNumber.toLowerCase()],
  );
  const id = found[0]?.id;
  const routing = id ? await readRoutingNow(db, id, { receipts: MOST }) : null;
  if (!id || !routing) return null;
  const page = { limit: MOST, before: null };
  const [events, messages, undecided, refused, named] = await Promise.all([
    readEvents(db, id, page),
    readMessages(db, id, page),
    db.query<{ name: string; createdAt: Date }>(
      `SELECT name, created_at AS "createdAt" FROM command
        WHERE conversation_id = $1 AND outcome IS NULL ORDER BY number`,
      [id],
    ),
    // Those that a load refused have an event of their own, and no version.
    db.query<{ name: string; giverKind: string; outcome: string; decidedAt: Date }>(
      `SELECT name, giver_kind AS "giverKind", outcome, decided_at AS "decidedAt" FROM command
        WHERE conversation_id = $1 AND outcome <> 'applied' AND decided_version IS NOT NULL`,
      [id],
    ),
    db.query<{ id: string; name: string }>(
      'SELECT id, name FROM agent UNION ALL SELECT id, name FROM queue',
    ),
  ]);
  return {
    routing,
    events: events.reverse(),
    messages: messages.reverse(),
    undecided,
    refused,
    names: new Map(named.map((n) => [n.id, n.name])),
  };
}
