/** Customers as one channel knows them. */
import type { Database } from '../client';
import { newId } from '../ids';
import { prepared } from '../prepared';

export interface KnownIdentity {
  readonly id: string;
  readonly contactId: string | null;
}

/** With what the customer has said of themselves, and the language in which they are spoken to. */
export interface StoredIdentity extends KnownIdentity {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
}

interface Wanted {
  readonly channelId: string;
  readonly externalId: string;
  /** What the customer says of themselves: kept, believed by nobody. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly language?: string | undefined;
}

const FIND = prepared(`
  SELECT asked.at, i.id, i.contact_id AS "contactId", i.name, i.email, i.phone, i.language
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS asked(channel_id, external_id, at)
  JOIN LATERAL (SELECT * FROM identity WHERE channel_id = asked.channel_id
                                         AND external_id = asked.external_id LIMIT 1) i ON true`);

/** In the order asked for; null where the channel has never heard of them. */
export async function findIdentities(
  db: Pick<Database, 'query'>,
  customers: readonly Pick<Wanted, 'channelId' | 'externalId'>[],
): Promise<(StoredIdentity | null)[]> {
  const rows = await db.query<StoredIdentity & { at: string }>(FIND, [
    customers.map(({ channelId }) => channelId),
    customers.map(({ externalId }) => externalId),
  ]);
  const found = new Map(rows.map(({ at, ...identity }) => [Number(at) - 1, identity]));
  return customers.map((_, at) => found.get(at) ?? null);
}

/**
 * The one identity of this customer on this channel, made where there is none; of parallel calls all get the same.
 * What is newly said of them replaces what was, what is left out stays. `known` is what was found just now.
 */
export async function findOrCreateIdentity(
  db: Pick<Database, 'query'>,
  wanted: Wanted,
  known?: StoredIdentity | null,
): Promise<KnownIdentity> {
  // Nearly always nothing is new, and a read costs no row version.
  const found = known === undefined ? (await findIdentities(db, [wanted]))[0] : known;
  const said = ['name', 'email', 'phone', 'language'] as const;
  const same = found && said.every((key) => (wanted[key] ?? found[key]) === found[key]);
  return same ? found : upsert(db, wanted);
}

async function upsert(db: Pick<Database, 'query'>, wanted: Wanted): Promise<KnownIdentity> {
  const { channelId, externalId, name, email, phone, language } = wanted;
  const rows = await db.query<{ id: string; contact_id: string | null }>(
    `INSERT INTO identity AS i (channel_id, external_id, name, email, phone, language, id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, app_now())
     ON CONFLICT (channel_id, external_id) DO UPDATE
       SET name = coalesce(excluded.name, i.name), email = coalesce(excluded.email, i.email),
           phone = coalesce(excluded.phone, i.phone), language = coalesce(excluded.language, i.language)
     RETURNING id, contact_id`,
    [channelId, externalId, name ?? null, email ?? null, phone ?? null, language ?? null, newId()],
  );
  const row = rows[0];
  if (!row) throw new Error('an upsert returned no row');
  return { id: row.id, contactId: row.contact_id };
}
