import { freshDatabase, type FreshDatabase } from '../tests/support/database';
import { connectDatabase, type Database } from './client';

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

test('a connection that breaks between two statements fails its transaction, not the process', async () => {
  const broken = db.transaction(async (tx) => {
    const [self] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => tx.client.once('end', resolve));
    await db.query('SELECT pg_terminate_backend($1)', [self?.pid]);
    await ended;
    await tx.query('SELECT 1');
  });
  await expect(broken).rejects.toThrow();
  expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
