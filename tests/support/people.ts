/** Makes the people and things that a test needs, as rows. */
import type { DistributionName } from '../../core/routing/distribution/distributions';
import type { EligibilityName } from '../../core/routing/eligibility/eligibility';
import type { QueueSettings } from '../../core/routing/policy';
import type { Database } from '../../db/client';
import { newId } from '../../db/ids';
import type { Inbound } from '../../db/messages/receive-message';

export async function makeQueue(
  db: Database,
  options: {
    delivery?: 'auto' | 'offer' | 'manual';
    eligibility?: EligibilityName;
    distribution?: DistributionName;
    weight?: number;
    settings?: QueueSettings;
  } = {},
): Promise<string> {
  const id = newId();
  await db.query(
    `INSERT INTO queue (id, name, delivery, weight, settings, eligibility, distribution)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      `queue ${id}`,
      options.delivery ?? 'auto',
      options.weight ?? 0,
      JSON.stringify(options.settings ?? {}),
      options.eligibility ?? 'capacity',
      options.distribution ?? 'least-loaded',
    ],
  );
  return id;
}

/** An agent who is a member of the queues; logged in and available unless told otherwise. */
export async function makeAgent(
  db: Database,
  queueIds: readonly string[],
  options: { maxUnits?: number; in?: boolean; role?: 'agent' | 'supervisor' | 'admin' } = {},
): Promise<string> {
  const id = newId();
  const here = options.in ?? true;
  await db.query(
    `INSERT INTO agent (id, email, name, role, password_hash, channel_kinds, max_units, state)
     VALUES ($1, $2, $3, $4::role, '', '{}', $5, $6::agent_state)`,
    [
      id,
      `${id}@example.test`,
      `Agent ${id}`,
      options.role ?? 'agent',
      options.maxUnits ?? 100,
      here ? 'available' : 'logged_off',
    ],
  );
  if (here) {
    await db.query(
      `INSERT INTO session (id, agent_id, token_hash, expires_at) VALUES ($1, $2, $3, app_now() + interval '1 day')`,
      [newId(), id, newId()],
    );
  }
  for (const queueId of queueIds) {
    await db.query('INSERT INTO queue_member (queue_id, agent_id) VALUES ($1, $2)', [queueId, id]);
  }
  return id;
}

export async function makeChannel(
  db: Database,
  queueId: string,
  kind: 'live-chat' | 'open' | 'email' = 'live-chat',
): Promise<Inbound['channel']> {
  const id = newId();
  await db.query('INSERT INTO channel (id, kind, name, queue_id) VALUES ($1, $2, $3, $4)', [
    id,
    kind,
    `channel ${id}`,
    queueId,
  ]);
  return { id, kind, queueId, chatLike: kind !== 'email', windowMode: 'none' };
}

/** A customer on a channel, as `receiveMessage` wants to know them. */
export async function makeCustomer(
  db: Database,
  channel: Inbound['channel'],
): Promise<Pick<Inbound, 'channel' | 'identityId' | 'contactId'>> {
  const id = newId();
  await db.query('INSERT INTO identity (id, channel_id, external_id) VALUES ($1, $2, $3)', [
    id,
    channel.id,
    id,
  ]);
  return { channel, identityId: id, contactId: null };
}
