import type { Tx } from '../client';

/** The tag of the language in which a customer is spoken to; null where nobody knows it. */
export async function customerLanguage(tx: Tx, identityId: string): Promise<string | null> {
  const [row] = await tx.query<{ language: string | null }>(
    'SELECT language FROM identity WHERE id = $1',
    [identityId],
  );
  return row?.language ?? null;
}
