/** Customers as one channel knows them. */
import type { Database } from './client';
import { newId } from './ids';

export interface KnownIdentity {
  readonly id: string;
  readonly contactId: string | null;
}

interface Wanted {
  readonly channelId: string;
  readonly externalId: string;
  /** What the customer says of themselves: kept, believed by nobody. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Null where the channel has never heard of them. */
export async function findIdentity(
  db: Pick<Database, 'query'>,
  channelId: string,
  externalId: string,
): Promise<KnownIdentity | null> {
  const rows = await db.query<{ id: string; contact_id: string | null }>(
    'SELECT id, contact_id FROM identity WHERE channel_id = $1 AND external_id = $2',
    [channelId, externalId],
  );
  return rows[0] ? { id: rows[0].id, contactId: rows[0].contact_id } : null;
}

/**
 * The one identity of this customer on this channel, made where there is none; of parallel calls all get the same.
 * What is newly said of them replaces what was, what is left out stays.
 */
export async function findOrCreateIdentity(
  db: Pick<Database, 'query'>,
  wanted: Wanted,
): Promise<KnownIdentity> {
  const { channelId, externalId, name, email, phone } = wanted;
  const values = [channelId, externalId, name ?? null, email ?? null, phone ?? null];
  // Nearly always nothing is new, and a read costs no row version.
  const same = await db.query<{ id: string; contact_id: string | null }>(
    `SELECT id, contact_id FROM identity WHERE channel_id = $1 AND external_id = $2
        AND name IS NOT DISTINCT FROM coalesce($3, name)
        AND email IS NOT DISTINCT FROM coalesce($4, email)
        AND phone IS NOT DISTINCT FROM coalesce($5, phone)`,
    values,
  );
  const found = same[0] ?? (await upsert(db, values));
  return { id: found.id, contactId: found.contact_id };
}

async function upsert(
  db: Pick<Database, 'query'>,
  values: readonly unknown[],
): Promise<{ id: string; contact_id: string | null }> {
  const rows = await db.query<{ id: string; contact_id: string | null }>(
    `INSERT INTO identity AS i (channel_id, external_id, name, email, phone, id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, app_now())
     ON CONFLICT (channel_id, external_id) DO UPDATE
       SET name = coalesce(excluded.name, i.name), email = coalesce(excluded.email, i.email),
           phone = coalesce(excluded.phone, i.phone)
     RETURNING id, contact_id`,
    [...values, newId()],
  );
  const row = rows[0];
  if (!row) throw new Error('an upsert returned no row');
  return row;
}
