/** Rows to begin a bench with, written in bulk: as they would be after the product has been at work for a while. */
import { Client } from 'pg';
import type { DistributionName } from '../core/routing/distribution/distributions';
import type { EligibilityName } from '../core/routing/eligibility/eligibility';
import type { QueueSettings } from '../core/routing/policy';

/** Ids are told by a kind and a number, so that every process of a bench knows them. */
export function idOf(
  kind: 'queue' | 'channel' | 'agent' | 'customer' | 'conversation' | 'contact',
  n: number,
) {
  const kinds = { queue: 1, channel: 2, agent: 3, customer: 4, conversation: 5, contact: 6 };
  return `0000000${kinds[kind]}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** The same in SQL; `n` is an expression. */
export const sqlIdOf = (kind: Parameters<typeof idOf>[0], n: string): string =>
  `('${idOf(kind, 0).slice(0, 24)}' || lpad(to_hex((${n})::int), 12, '0'))::uuid`;

export const ORIGIN = 'http://shop.test';

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** By what a queue chooses. */
export interface QueueRules {
  readonly eligibility: EligibilityName;
  readonly distribution: DistributionName;
  readonly settings: QueueSettings;
}

const PLAIN: QueueRules = { eligibility: 'capacity', distribution: 'least-loaded', settings: {} };

/** Queue `n` and a live chat `n` of a website that leads to it. */
export async function seedQueue(
  client: Client,
  n: number,
  delivery: 'auto' | 'offer' | 'manual',
  rules: QueueRules = PLAIN,
): Promise<void> {
  const { eligibility, distribution, settings } = rules;
  await client.query(
    `INSERT INTO queue (id, name, delivery, eligibility, distribution, settings)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [idOf('queue', n), `Queue ${n}`, delivery, eligibility, distribution, JSON.stringify(settings)],
  );
  await client.query(
    `INSERT INTO channel (id, kind, name, queue_id, settings) VALUES ($1, 'live-chat', $2, $3, $4)`,
    [
      idOf('channel', n),
      `Website ${n}`,
      idOf('queue', n),
      JSON.stringify({ allowedOrigins: [ORIGIN] }),
    ],
  );
}

/** Customers 1 to `count` of live chat 1, each with an open conversation in queue 1's line, known to its workflow. */
export async function seedOpenConversations(client: Client, count: number): Promise<void> {
  await client.query(
    `INSERT INTO identity (id, channel_id, external_id)
     SELECT ${sqlIdOf('customer', 'n')}, $2, 'visitor-' || n FROM generate_series(1, $1::int) n`,
    [count, idOf('channel', 1)],
  );
  await client.query(
    `INSERT INTO conversation (id, channel_id, channel_kind, identity_id, queue_id, placement,
                               queued_since, order_key, loaded_version, created_at, rung_at)
     SELECT ${sqlIdOf('conversation', 'n')}, $2, 'live-chat', ${sqlIdOf('customer', 'n')}, $3, 'queued',
            app_now(), n, 1, app_now(), app_now()
       FROM generate_series(1, $1::int) n`,
    [count, idOf('channel', 1), idOf('queue', 1)],
  );
  await client.query('VACUUM ANALYZE');
}
