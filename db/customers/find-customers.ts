/** Customers by a part of their name, e-mail address or phone number: found by trigrams, before any conversation is. */
import type { Database } from '../client';

/** More than so many are not listed: then so many conversations are theirs that a page of them is soon full. */
const MOST = 1_000;

const IDENTITY_TEXT = (i: string): string =>
  `(' ' || coalesce(${i}.name, '') || ' ' || coalesce(${i}.email, '') || ' ' || coalesce(${i}.phone, ''))`;

/** The text of a contact, letter by letter as the index `contact_text` has it. */
export const CONTACT_TEXT = (k: string): string =>
  `(' ' || coalesce(${k}.first_name, '') || ' ' || coalesce(${k}.last_name, '') || ' ' || coalesce(${k}.email, '') || ' ' || coalesce(${k}.phone, ''))`;

/** Trigrams do not find one or two letters in the midst of a word, but a word that begins with them. */
const isShort = (part: string): boolean => /^[\p{L}\p{N}]{1,2}$/u.test(part);

/** The pattern of ILIKE for the texts that have this part. */
export const patternOf = (part: string): string =>
  isShort(part) ? `% ${part}%` : `%${part.replace(/[\\%_]/g, '\\$&')}%`;

/** Condition on a conversation `c` that is true where its customer's texts match a pattern. */
export const customerLike = (pattern: string): string => `EXISTS (
  SELECT 1 FROM identity i LEFT JOIN contact k ON k.id = coalesce(c.contact_id, i.contact_id)
   WHERE i.id = c.identity_id
     AND (${IDENTITY_TEXT('i')} ILIKE ${pattern} OR ${CONTACT_TEXT('k')} ILIKE ${pattern}))`;

/** The same, asked of all customers at once: for those who compare many conversations with them. */
export const customerAmongLike = (pattern: string): string => `(
  c.identity_id IN (SELECT i.id FROM identity i WHERE ${IDENTITY_TEXT('i')} ILIKE ${pattern})
  OR c.contact_id IN (SELECT k.id FROM contact k WHERE ${CONTACT_TEXT('k')} ILIKE ${pattern})
  OR (c.contact_id IS NULL AND c.identity_id IN (
        SELECT i.id FROM contact k JOIN identity i ON i.contact_id = k.id
         WHERE ${CONTACT_TEXT('k')} ILIKE ${pattern})))`;

export interface FoundCustomers {
  readonly identities: readonly string[];
  readonly contacts: readonly string[];
  /** Identities of those contacts: theirs are the conversations that have no contact of their own. */
  readonly ofContacts: readonly string[];
}

/** Those whose texts have this part; null where they are too many to name. */
export async function findCustomers(
  db: Pick<Database, 'query'>,
  part: string,
): Promise<FoundCustomers | null> {
  const rows = await db.query<{ kind: keyof FoundCustomers; id: string }>(
    `WITH identities AS MATERIALIZED (
       SELECT i.id FROM identity i WHERE ${IDENTITY_TEXT('i')} ILIKE $1 LIMIT ${MOST + 1}),
     contacts AS MATERIALIZED (
       SELECT k.id FROM contact k WHERE ${CONTACT_TEXT('k')} ILIKE $1 LIMIT ${MOST + 1})
     SELECT 'identities' AS kind, id FROM identities
      UNION ALL SELECT 'contacts', id FROM contacts
      UNION ALL SELECT 'ofContacts', i.id FROM contacts JOIN identity i ON i.contact_id = contacts.id`,
    [patternOf(part)],
  );
  const of = (kind: keyof FoundCustomers): string[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.id);
  const [identities, contacts] = [of('identities'), of('contacts')];
  if (identities.length > MOST || contacts.length > MOST) return null;
  return { identities, contacts, ofContacts: of('ofContacts') };
}
