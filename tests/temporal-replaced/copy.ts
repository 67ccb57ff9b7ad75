import type { Database } from '../../db/client';

/** Each table with what a copied row has of its own, in SQL; `n` is the copy, `t` the row. */
const COPIED: Readonly<Record<string, { from: string; own: string }>> = {
  identity: {
    from: 't.id = n.old_identity_id',
    own: `'id', n.identity_id, 'external_id', n.identity_id`,
  },
  conversation: {
    from: 't.id = n.old_id',
    own: `'id', n.id, 'identity_id', n.identity_id, 'number', nextval(pg_get_serial_sequence('conversation', 'number'))`,
  },
  message: {
    from: 't.conversation_id = n.old_id',
    own: `'id', gen_random_uuid(), 'conversation_id', n.id,
          'external_id', CASE WHEN t.external_id IS NULL THEN NULL ELSE gen_random_uuid() END`,
  },
  command: { from: 't.conversation_id = n.old_id', own: `'conversation_id', n.id` },
  claim: { from: 't.conversation_id = n.old_id', own: `'conversation_id', n.id` },
  conversation_event: {
    from: 't.conversation_id = n.old_id',
    own: `'conversation_id', n.id, 'id', nextval(pg_get_serial_sequence('conversation_event', 'id'))`,
  },
};

/** Copies a conversation with all that belongs to it, each copy for a customer of its own, and returns their ids. */
export async function copy(db: Database, id: string, times: number): Promise<string[]> {
  const { value } = await db.transaction(async (tx) => {
    await tx.query(
      `CREATE TEMP TABLE copies ON COMMIT DROP AS
         SELECT id AS old_id, identity_id AS old_identity_id, gen_random_uuid() AS id,
                gen_random_uuid() AS identity_id
           FROM conversation, generate_series(1, ${times}) WHERE id = '${id}'`,
    );
    for (const [table, { from, own }] of Object.entries(COPIED)) {
      await tx.query(
        `INSERT INTO ${table} SELECT r.* FROM copies n JOIN ${table} t ON ${from},
           jsonb_populate_record(t, jsonb_build_object(${own})) r`,
      );
    }
    await tx.query(
      `UPDATE agent a SET used_units = (SELECT coalesce(sum(reserved_units), 0) FROM conversation WHERE owner_id = a.id)`,
    );
    return tx.query<{ id: string }>('SELECT id FROM copies');
  });
  return value.map((row) => row.id);
}
