/** A contact centre at work: every agent full, and conversations waiting in the lines of all queues. */
import type { Client } from 'pg';
import { idOf, seedQueue, sqlIdOf, type QueueRules } from './seed';

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

/** Of three that wait one asks for nothing, one for a skill that all have, one for a skill that every other agent has. */
const LINES = ['', 'skills:english', 'skills:english,french'] as const;

/** Who may get it and who goes first: by turns all the ways in which the product hands out by capacity. */
const CHOICES: readonly Pick<QueueRules, 'eligibility' | 'distribution'>[] = [
  { eligibility: 'capacity', distribution: 'least-loaded' },
  { eligibility: 'omni', distribution: 'longest-idle' },
  { eligibility: 'nopause', distribution: 'round-robin' },
  { eligibility: 'capacity', distribution: 'fewest-handled' },
  { eligibility: 'nocall', distribution: 'least-recently-notified' },
  { eligibility: 'capacity', distribution: 'weighted-random' },
  { eligibility: 'omni', distribution: 'linear' },
  { eligibility: 'capacity', distribution: 'random' },
];

/** All rules on: limits, skills, known agents who are waited for, a ladder. */
function rulesOf(n: number): QueueRules {
  const choice = CHOICES[n % CHOICES.length];
  if (!choice) throw new Error(`no rule for queue ${n}`);
  return {
    ...choice,
    settings: {
      maxPerAgent: 100,
      relaxSkillsMs: 600_000,
      returning: { mode: 'wait' },
      ladder: [
        { afterMs: 300_000, do: 'notify' },
        { afterMs: 600_000, do: 'widen' },
      ],
    },
  };
}

/** Replaces all that is stored. Conversations 1 to agents x held are held, those above stand in line by their number. */
export async function seedCentre(client: Client, centre: Centre): Promise<void> {
  const { agents, queues, waiting, places, held } = centre;
  await client.query(
    'TRUNCATE conversation, identity, channel, queue_member, queue, agent CASCADE',
  );
  await client.query('TRUNCATE hand_out');
  for (let n = 1; n <= queues; n++) {
    await seedQueue(client, n, 'auto', rulesOf(n));
    await client.query(
      `INSERT INTO waiting_line (queue_id, kind, line, skills)
       VALUES ($1, 'live-chat', $2, '{english}'), ($1, 'live-chat', $3, '{english,french}')`,
      [idOf('queue', n), ...LINES.slice(1)],
    );
  }
  await client.query(
    `INSERT INTO agent (id, email, name, password_hash, channel_kinds, max_units, used_units, state, skills)
     SELECT ${sqlIdOf('agent', 'n')}, 'agent' || n || '@example.test', 'Agent ' || n, '', '{}', 25 * $2::int,
            25 * $3::int, 'available',
            CASE WHEN n % 2 = 0 THEN '{english,french}'::text[] ELSE '{english,german}'::text[] END
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
    `INSERT INTO conversation (id, channel_id, channel_kind, identity_id, queue_id, placement, queued_since, line_since,
                               order_key, loaded_version, line, required_skills)
     SELECT ${sqlIdOf('conversation', 'n')}, ${sqlIdOf('channel', 'n % $3::int + 1')}, 'live-chat',
            ${sqlIdOf('customer', 'n')}, ${sqlIdOf('queue', 'n % $3::int + 1')}, 'queued', app_now(), app_now(), n, 1,
            ($4::text[])[n / $3::int % 3 + 1],
            CASE n / $3::int % 3 WHEN 0 THEN '{}'::text[] WHEN 1 THEN '{english}' ELSE '{english,french}' END
       FROM generate_series($1::int, $2::int) n`,
    [from, to, queues, LINES],
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
