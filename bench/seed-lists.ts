/** An installation that has been at work for months: what its lists are read from. */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { idOf, seedQueue, sqlIdOf } from './seed';

export const QUEUES = 20;
export const AGENTS = 200;
/** The closed ones have the lower numbers, as they are older. */
export const CLOSED = 300_000;
export const UNCLOSED = 100_000;
/** Each has one that is not closed and three that are. Every other one is in the address book. */
const CUSTOMERS = UNCLOSED;

/** Beside the agents: a supervisor of five queues, one of all, an admin. */
export const SUPERVISOR = AGENTS + 1;
export const OVERSEER = AGENTS + 2;
export const ADMIN = AGENTS + 3;

export const tokenOf = (person: number): string => `token-of-a-bench-${person}`;

/** In how many queues each agent works. */
const QUEUES_EACH = 2;

export async function seedLists(client: Client): Promise<void> {
  // Foreign keys hold by how the rows are made, and nothing else is told of them yet.
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
  for (let n = 1; n <= QUEUES; n++) await seedQueue(client, n, 'auto');
  await client.query(
    `UPDATE channel SET kind = 'open', settings = '{}' WHERE right(id::text, 1) IN ('4', '8', 'c')`,
  );
  await seedPeople(client);
  await withoutIndexes(client, async () => {
    await seedCustomers(client);
    await seedClosed(client);
    await seedUnclosed(client);
  });
  await client.query(`SELECT setval('conversation_number_seq', ${CLOSED + UNCLOSED})`);
  await client.query('VACUUM ANALYZE');
}

/** Indexes that are made at the end are made in a fraction of the time. */
async function withoutIndexes(client: Client, fill: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relname IN ('claim', 'contact', 'conversation', 'identity', 'message', 'participant') AND NOT i.indisunique`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await fill();
  for (const { definition } of rows) await client.query(definition);
}

async function seedPeople(client: Client): Promise<void> {
  const roleOf = (n: string): string =>
    `(CASE WHEN ${n} = ${ADMIN} THEN 'admin' WHEN ${n} > ${AGENTS} THEN 'supervisor' ELSE 'agent' END)::role`;
  await client.query(
    `INSERT INTO agent (id, email, name, role, password_hash, channel_kinds, max_units, state)
     SELECT ${sqlIdOf('agent', 'n')}, 'agent' || n || '@example.test', 'Agent ' || n, ${roleOf('n')}, '', '{}', 10000,
            'paused'
       FROM generate_series(1, ${ADMIN}) n`,
  );
  await client.query(
    `INSERT INTO queue_member (queue_id, agent_id)
     SELECT ${sqlIdOf('queue', `(n + k * 7) % ${QUEUES} + 1`)}, ${sqlIdOf('agent', 'n')}
       FROM generate_series(1, ${AGENTS}) n, generate_series(0, ${QUEUES_EACH - 1}) k
      UNION ALL SELECT ${sqlIdOf('queue', 'n')}, '${idOf('agent', SUPERVISOR)}' FROM generate_series(1, 5) n`,
  );
  for (let n = 1; n <= ADMIN; n++) {
    await client.query(
      `INSERT INTO session (id, agent_id, token_hash, expires_at)
       VALUES (gen_random_uuid(), $1, $2, now() + interval '1 day')`,
      [idOf('agent', n), createHash('sha256').update(tokenOf(n)).digest('base64url')],
    );
  }
}

const FIRST = `(ARRAY['Ada','Bela','Chiara','Dorian','Elif','Farid','Greta','Hugo','Ines','Jonas','Kaya','Lena','Milo','Nora','Oskar','Pia','Quentin','Rosa','Samir','Tilda'])`;
const LAST = `(ARRAY['Abel','Brandt','Costa','Diaz','Ekholm','Fabri','Gruber','Haddad','Ivanov','Jansen','Keller','Lindt','Moreau','Novak','Olsen','Petrov','Quist','Ricci','Sato','Toth','Ulrich','Vega','Weiss'])`;

async function seedCustomers(client: Client): Promise<void> {
  const name = (n: string): string =>
    `${FIRST}[${n} * 11 / 7 % 20 + 1] || ' ' || ${LAST}[${n} * 5 / 3 % 23 + 1]`;
  await client.query(
    `INSERT INTO contact (id, first_name, last_name, email, phone, created_at)
     SELECT ${sqlIdOf('contact', 'n')}, ${FIRST}[n * 11 / 7 % 20 + 1], ${LAST}[n * 5 / 3 % 23 + 1],
            'customer' || n || '@mail.test', '+41 79 ' || (1000000 + n * 37), now() - n * interval '1 min'
       FROM generate_series(1, ${CUSTOMERS}) n WHERE n % 2 = 0`,
  );
  await client.query(
    `INSERT INTO identity (id, channel_id, external_id, contact_id, name, email)
     SELECT ${sqlIdOf('customer', 'n')}, ${sqlIdOf('channel', `n % ${QUEUES} + 1`)}, 'visitor-' || n,
            CASE WHEN n % 2 = 0 THEN ${sqlIdOf('contact', 'n')} END, ${name('n')},
            CASE WHEN n % 3 = 0 THEN 'visitor' || n || '@mail.test' END
       FROM generate_series(1, ${CUSTOMERS}) n`,
  );
}

/** Columns that every conversation has; customers come round again and again. */
const base = (n: string): string => `
  ${sqlIdOf('conversation', n)}, ${n}, ${sqlIdOf('channel', `${n} % ${QUEUES} + 1`)},
  CASE WHEN right(${sqlIdOf('channel', `${n} % ${QUEUES} + 1`)}::text, 1) IN ('4', '8', 'c') THEN 'open' ELSE 'live-chat' END,
  ${sqlIdOf('customer', `(${n} - 1) % ${CUSTOMERS} + 1`)},
  CASE WHEN ((${n} - 1) % ${CUSTOMERS} + 1) % 2 = 0 THEN ${sqlIdOf('contact', `(${n} - 1) % ${CUSTOMERS} + 1`)} END,
  ${sqlIdOf('queue', `${n} % ${QUEUES} + 1`)}`;
const BASE = 'id, number, channel_id, channel_kind, identity_id, contact_id, queue_id';

/** A member of its queue: agents n, n + 20, n + 40 ... work in queue n % 20 + 1. */
const agentOf = (n: string): string => sqlIdOf('agent', `(${n} - 1) % ${AGENTS} + 1`);

async function seedClosed(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO conversation (${BASE}, status, loaded_version, version, claim_no, seen_claim_no, last_agent_id,
                               listed_agent_id, closed_by, closed_at, created_at, last_seq, last_in_seq, last_message_at)
     SELECT ${base('n')}, 'closed', 3, 3, 1, 1, ${agentOf('n')},
            CASE WHEN n > ${CLOSED - 2_000} THEN ${agentOf('n')} END, 'customer',
            born + (n % 48) * interval '1 h', born, 1, 1, born
       FROM generate_series(1, ${CLOSED}) n,
            LATERAL (SELECT now() - interval '97 days' + n * interval '90 days' / ${CLOSED} AS born) x`,
  );
  await client.query(
    `INSERT INTO claim (conversation_id, claim_no, kind, agent_id, actor_kind)
     SELECT id, 1, 'assign', last_agent_id, 'system' FROM conversation WHERE status = 'closed'`,
  );
  await client.query(
    `INSERT INTO participant (conversation_id, agent_id, closed_at)
     SELECT id, last_agent_id, closed_at FROM conversation WHERE status = 'closed'`,
  );
  await seedMessages(client, `status = 'closed'`, 1);
}

async function seedUnclosed(client: Client): Promise<void> {
  // Of ten: two in line, five open with an agent, two waiting, one solved and asked for a rating.
  await client.query(
    `INSERT INTO conversation (${BASE}, status, placement, owner_id, last_agent_id, held_since, survey, queued_since,
                               order_key, loaded_version, created_at, last_seq, last_in_seq, last_message_at)
     SELECT ${base('n')},
            (CASE WHEN n / 7 % 10 < 7 THEN 'open' WHEN n / 7 % 10 < 9 THEN 'waiting' ELSE 'solved' END)::conversation_status,
            (CASE WHEN n / 7 % 10 < 2 THEN 'queued' ELSE 'assigned' END)::placement,
            CASE WHEN n / 7 % 10 >= 2 THEN ${agentOf('n')} END, CASE WHEN n / 7 % 10 >= 2 THEN ${agentOf('n')} END, born,
            (CASE WHEN n / 7 % 10 = 9 THEN 'running' ELSE 'none' END)::survey_state,
            CASE WHEN n / 7 % 10 < 2 THEN born END, n, 1, born, 2, 2, born
       FROM generate_series(${CLOSED + 1}, ${CLOSED + UNCLOSED}) n,
            LATERAL (SELECT now() - interval '7 days' + (n - ${CLOSED}) * interval '7 days' / ${UNCLOSED} AS born) x`,
  );
  await seedMessages(client, `status <> 'closed'`, 2);
}

async function seedMessages(client: Client, which: string, each: number): Promise<void> {
  await client.query(
    `INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, created_at)
     SELECT uuidv7(), c.id, seq, 1, 'in', 'customer', 'Where is my order ' || c.number || '?', c.channel_id, c.created_at
       FROM conversation c, generate_series(1, ${each}) seq WHERE ${which}`,
  );
}
