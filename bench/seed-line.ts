/** A contact centre at work: every agent full, and conversations waiting in the lines of all queues. */
import type { Client } from 'pg';
import { seedQueue, sqlIdOf } from './seed';

/** What an agent holds, all of the same cost. */
export const HELD = 4;
/** In how many queues an agent works, where there are so many. */
const QUEUES_EACH = 3;

export interface Centre {
  readonly agents: number;
  readonly queues: number;
  /** Standing in line, spread over the queues. */
  readonly waiting: number;
  /** How many conversations an agent may hold. */
  readonly places: number;
  /** How many of them each holds to begin with. */
  readonly held: number;
}

/** Replaces all that is stored. Conversations 1 to agents x held are held, those above stand in line by their number. */
export async function seedCentre(client: Client, centre: Centre): Promise<void> {
  const { agents, queues, waiting, places, held } = centre;
  await client.query(
    'TRUNCATE conversation, identity, channel, queue_member, queue, agent CASCADE',
  );
  await client.query('TRUNCATE hand_out');
  for (let n = 1; n <= queues; n++) await seedQueue(client, n, 'auto');
  await client.query(
    `INSERT INTO agent (id, email, name, password_hash, channel_kinds, max_units, used_units, state)
     SELECT ${sqlIdOf('agent', 'n')}, 'agent' || n || '@example.test', 'Agent ' || n, '', '{}', 25 * $2::int,
            25 * $3::int, 'available'
       FROM generate_series(1, $1::int) n`,
    [agents, places, held],
  );
  await client.query(
    `INSERT INTO queue_member (queue_id, agent_id)
     SELECT ${sqlIdOf('queue', '(n + k) % $2::int + 1')}, ${sqlIdOf('agent', 'n')}
       FROM generate_series(1, $1::int) n, generate_series(0, least($2::int, ${QUEUES_EACH}) - 1) k`,
    [agents, queues],
  );
  const last = agents * held;
  if (last > 0) {
    await seedIdentities(client, 1, last);
    await client.query(
      `INSERT INTO conversation (id, channel_id, channel_kind, identity_id, queue_id, placement, owner_id,
                                 last_agent_id, held_since, reserved_units, loaded_version)
       SELECT ${sqlIdOf('conversation', 'n')}, ${sqlIdOf('channel', 'n % $2::int + 1')}, 'live-chat',
              ${sqlIdOf('customer', 'n')}, ${sqlIdOf('queue', 'n % $2::int + 1')}, 'assigned', a, a, app_now(), 25, 1
         FROM generate_series(1, $1::int) n, LATERAL (SELECT ${sqlIdOf('agent', 'n % $3::int + 1')} AS a) x`,
      [last, queues, agents],
    );
  }
  await seedWaiting(client, { from: last + 1, to: last + waiting, queues });
  await client.query('VACUUM ANALYZE');
}

/** Puts conversations into line, behind all that stand there. */
export async function seedWaiting(
  client: Pick<Client, 'query'>,
  which: { from: number; to: number; queues: number },
): Promise<void> {
  const { from, to, queues } = which;
  await seedIdentities(client, from, to);
  await client.query(
    `INSERT INTO conversation (id, channel_id, channel_kind, identity_id, queue_id, placement, queued_since, order_key,
                               loaded_version)
     SELECT ${sqlIdOf('conversation', 'n')}, ${sqlIdOf('channel', 'n % $3::int + 1')}, 'live-chat',
            ${sqlIdOf('customer', 'n')}, ${sqlIdOf('queue', 'n % $3::int + 1')}, 'queued', app_now(), n, 1
       FROM generate_series($1::int, $2::int) n`,
    [from, to, queues],
  );
}

async function seedIdentities(client: Pick<Client, 'query'>, from: number, to: number) {
  await client.query(
    `INSERT INTO identity (id, channel_id, external_id)
     SELECT ${sqlIdOf('customer', 'n')}, ${sqlIdOf('channel', '1')}, 'visitor-' || n
       FROM generate_series($1::int, $2::int) n`,
    [from, to],
  );
}
