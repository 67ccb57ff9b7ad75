/** What is in the database at the end, read plainly: no view, no counter and no code of the product. */
import { Client } from 'pg';

export interface ConversationFact {
  readonly id: string;
  readonly number: number;
  readonly identityId: string;
  readonly kind: string;
  readonly status: string;
  readonly placement: string | null;
  readonly ownerId: string | null;
  readonly closedAfterSeq: number | null;
}

export interface MessageFact {
  readonly id: string;
  readonly conversationId: string;
  readonly identityId: string;
  readonly seq: number;
  readonly direction: 'in' | 'out' | 'note';
  /** Who wrote it: a customer, an agent, or the product itself. */
  readonly authorKind: string;
  readonly authorId: string | null;
  readonly text: string;
  readonly externalId: string | null;
  readonly delivery: string;
}

export interface EventFact {
  readonly id: number;
  readonly conversationId: string;
  readonly rev: number;
  readonly afterSeq: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Facts {
  readonly conversations: readonly ConversationFact[];
  readonly messages: readonly MessageFact[];
  /** In the order of their ids, which is the order of commits for one conversation and for one agent. */
  readonly events: readonly EventFact[];
  readonly claims: readonly {
    readonly conversationId: string;
    readonly claimNo: number;
    readonly kind: string;
    readonly agentId: string | null;
  }[];
  readonly commands: readonly {
    readonly conversationId: string;
    readonly number: number;
    readonly name: string;
    readonly outcome: string | null;
  }[];
  readonly agents: readonly {
    readonly id: string;
    readonly maxUnits: number;
    readonly usedUnits: number;
  }[];
  /** Requests for a hand-out that nobody has served. */
  readonly handOuts: number;
}

const QUERIES: Readonly<Record<Exclude<keyof Facts, 'handOuts'>, string>> = {
  conversations: `SELECT id, number::int, identity_id AS "identityId", channel_kind AS kind, status, placement,
    owner_id AS "ownerId", closed_after_seq AS "closedAfterSeq" FROM conversation`,
  messages: `SELECT m.id, m.conversation_id AS "conversationId", c.identity_id AS "identityId", m.seq, m.direction,
    m.author_kind AS "authorKind", m.author_id AS "authorId", m.text, m.external_id AS "externalId", m.delivery
    FROM message m JOIN conversation c ON c.id = m.conversation_id ORDER BY c.number, m.seq`,
  events: `SELECT id::int, conversation_id AS "conversationId", rev::int, after_seq AS "afterSeq", kind, data
    FROM conversation_event ORDER BY id`,
  claims: `SELECT conversation_id AS "conversationId", claim_no AS "claimNo", kind, agent_id AS "agentId"
    FROM claim ORDER BY conversation_id, claim_no`,
  commands: 'SELECT conversation_id AS "conversationId", number, name, outcome FROM command',
  agents: 'SELECT id, max_units AS "maxUnits", used_units AS "usedUnits" FROM agent',
};

/** Reads everything in one snapshot. */
export async function readFacts(url: string): Promise<Facts> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const facts: Record<string, unknown> = {};
    for (const [name, sql] of Object.entries(QUERIES)) facts[name] = (await client.query(sql)).rows;
    const waiting = await client.query('SELECT count(*)::int AS n FROM hand_out');
    return { ...(facts as unknown as Omit<Facts, 'handOuts'>), handOuts: waiting.rows[0].n };
  } finally {
    await client.end();
  }
}

/** How much is still under way: conversations that are not closed, and what waits for somebody. */
export async function unfinished(url: string): Promise<{ conversations: number; others: number }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query(`SELECT
      (SELECT count(*)::int FROM conversation WHERE status <> 'closed') AS conversations,
      (SELECT count(*)::int FROM command WHERE outcome IS NULL)
      + (SELECT count(*)::int FROM message WHERE delivery IN ('pending', 'sending'))
      + (SELECT count(*)::int FROM hand_out) AS others`);
    return found.rows[0];
  } finally {
    await client.end();
  }
}
