/** People behind identities, as agents know and describe them. */
import { AppError } from '../../core/errors';
import type { Database } from '../client';
import { Prisma } from '../generated/client';
import { CONTACT_TEXT, patternOf } from './find-customers';

export interface ContactFields {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

const withIdentities = {
  identities: {
    select: { id: true, channelId: true, externalId: true, name: true },
    orderBy: { id: 'asc' },
    take: 50,
  },
} satisfies Prisma.ContactInclude;
type Row = Prisma.ContactGetPayload<{ include: typeof withIdentities }>;

export interface Contact {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly attributes: Record<string, unknown>;
  readonly identities: { id: string; channelId: string; externalId: string; name: string | null }[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

const toContact = (row: Row): Contact => ({
  ...row,
  attributes: row.attributes as Record<string, unknown>,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** @throws AppError NOT_FOUND */
export async function readContact(db: Database, id: string): Promise<Contact> {
  const row = await db.prisma.contact.findUnique({ where: { id }, include: withIdentities });
  if (!row) throw new AppError('NOT_FOUND');
  return toContact(row);
}

/** Contacts, the newest first, those after `after`. */
export async function listContacts(
  db: Database,
  search: string | undefined,
  page: { limit: number; after: readonly [createdAt: string, id: string] | null },
): Promise<Contact[]> {
  const found = await db.query<{ id: string }>(
    `SELECT k.id FROM contact k
      WHERE ($1::text IS NULL OR ${CONTACT_TEXT('k')} ILIKE $1)
        AND ($2::timestamptz IS NULL OR (k.created_at, k.id) < ($2, $3::uuid))
      ORDER BY k.created_at DESC, k.id DESC LIMIT $4`,
    [
      search === undefined ? null : patternOf(search),
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ],
  );
  const rows = await db.prisma.contact.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: withIdentities,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(toContact);
}

const dataOf = (fields: ContactFields): Prisma.ContactUpdateInput => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
};

/** Adds a contact under the id of the request that asks for it; a repeat finds the first one. */
export async function createContact(
  db: Database,
  id: string,
  fields: ContactFields,
): Promise<Contact> {
  const data = { ...(dataOf(fields) as Prisma.ContactCreateInput), id };
  await db.prisma.contact.createMany({ data, skipDuplicates: true });
  return readContact(db, id);
}

/** @throws AppError NOT_FOUND */
export async function editContact(
  db: Database,
  id: string,
  fields: ContactFields,
): Promise<Contact> {
  try {
    const data = { ...dataOf(fields), updatedAt: new Date() };
    const row = await db.prisma.contact.update({ where: { id }, data, include: withIdentities });
    return toContact(row);
  } catch (error) {
    const gone = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
    if (gone) throw new AppError('NOT_FOUND');
    throw error;
  }
}
