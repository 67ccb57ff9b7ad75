/** Agents who are signed in, and conversations that are theirs. */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { idOf, sqlIdOf } from './seed';

/** The session token of agent `n`. */
export const agentToken = (n: number): string => `session-of-agent-${n}`;

/** Agents 1 to `count`, available members of the queues, with a session and room for any number of conversations. */
export async function seedAgents(
  client: Client,
  count: number,
  queues: readonly number[],
): Promise<void> {
  await client.query(
    `INSERT INTO agent (id, email, name, password_hash, channel_kinds, max_units, state)
     SELECT ${sqlIdOf('agent', 'n')}, 'agent' || n || '@example.test', 'Agent ' || n, '', '{}', 1000000, 'available'
       FROM generate_series(1, $1::int) n`,
    [count],
  );
  for (const queue of queues) {
    await client.query(
      `INSERT INTO queue_member (queue_id, agent_id)
       SELECT $2, ${sqlIdOf('agent', 'n')} FROM generate_series(1, $1::int) n`,
      [count, idOf('queue', queue)],
    );
  }
  const hashes = Array.from({ length: count }, (_, at) =>
    createHash('sha256')
      .update(agentToken(at + 1))
      .digest('base64url'),
  );
  await client.query(
    `INSERT INTO session (id, agent_id, token_hash, expires_at)
     SELECT gen_random_uuid(), ${sqlIdOf('agent', 'n')}, hash, app_now() + interval '1 day'
       FROM unnest($1::text[]) WITH ORDINALITY AS s(hash, n)`,
    [hashes],
  );
}

/** Gives the seeded conversations 1 to `count` to the agents in turn: n to agent n % agents + 1. */
export async function assignConversations(
  client: Client,
  count: number,
  agents: number,
): Promise<void> {
  await client.query(
    `UPDATE conversation c SET placement = 'assigned', owner_id = a, last_agent_id = a, held_since = app_now(),
            reserved_units = 1, queued_since = NULL
       FROM generate_series(1, $1::int) n, LATERAL (SELECT ${sqlIdOf('agent', 'n % $2::int + 1')} AS a) x
      WHERE c.id = ${sqlIdOf('conversation', 'n')}`,
    [count, agents],
  );
  await client.query('VACUUM ANALYZE conversation');
}
