import { connectDatabase, type Database } from '../../db/client';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { toAppError } from './errors';

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

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => toAppError(error).code,
  );

test('a connection that breaks is no fault of the request: it may be made again', async () => {
  let other = '';
  const first = codeOf(
    db.transaction(async (tx) => {
      const [self] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const ended = new Promise((resolve) => tx.client.once('end', resolve));
      const running = codeOf(tx.query('SELECT pg_sleep(10)'));
      await db.query('SELECT pg_terminate_backend($1)', [self?.pid]);
      await ended;
      other = await running;
      await tx.query('SELECT 1');
    }),
  );
  expect([await first, other]).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
});

test.each([
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
  'timeout exceeded when trying to connect',
  'Database error. Code: `57P01`. Message: `terminating connection`',
])('UNAVAILABLE: %s', (message) => {
  expect(toAppError(new Error(message)).code).toBe('UNAVAILABLE');
});

test('what nobody knows stays INTERNAL', () => {
  expect(toAppError(new Error('Database error. Code: `23505`.')).code).toBe('INTERNAL');
});
