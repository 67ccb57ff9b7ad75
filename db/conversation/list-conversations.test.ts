import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeQueue } from '../../tests/support/people';
import { connectDatabase, type Database } from '../client';
import { listConversations } from './list-conversations';

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const COMMON = 1_200;

/** Conversations in line of so many Gretas, one of them in the address book as Hedwig, and of one Ulrike. */
async function fill(): Promise<string> {
  const queue = await makeQueue(db, { delivery: 'manual' });
  const { id: channel } = await makeChannel(db, queue);
  const names = [...Array<string>(COMMON).fill('Greta Novak'), 'Ulrike Xu'];
  await db.query(
    `WITH name AS (SELECT n, name FROM unnest($1::text[]) WITH ORDINALITY AS x(name, n)),
     made AS (INSERT INTO identity (id, channel_id, external_id, name)
              SELECT gen_random_uuid(), $2, 'x' || n, name FROM name RETURNING id)
     INSERT INTO conversation (id, channel_id, channel_kind, identity_id, queue_id, placement, queued_since)
     SELECT gen_random_uuid(), $2, 'live-chat', id, $3, 'queued', now() FROM made`,
    [names, channel, queue],
  );
  await db.query(
    `WITH k AS (INSERT INTO contact (id, first_name) VALUES (gen_random_uuid(), 'Hedwig') RETURNING id)
     UPDATE identity SET contact_id = k.id FROM k WHERE external_id = 'x1'`,
  );
  return queue;
}

it('finds customers by a part of what they are called, be they many, few or none', async () => {
  const queue = await fill();
  const id = await makeAgent(db, [queue]);
  const found = async (view: 'unassigned' | 'active', customer: string): Promise<number> =>
    (
      await listConversations(
        db,
        { id, role: 'admin' },
        view,
        { customer },
        { limit: 2_000, after: null },
      )
    ).length;
  const counts = { Greta: COMMON, 'eta nov': COMMON, hedw: 1, rike: 1, xu: 1, ik: 0, nobody: 0 };
  for (const [part, count] of Object.entries(counts)) {
    expect({ part, count: await found('unassigned', part) }).toEqual({ part, count });
    expect({ part, count: await found('active', part) }).toEqual({ part, count });
  }
});
