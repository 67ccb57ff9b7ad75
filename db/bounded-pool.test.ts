import { createServer, type Server, type Socket } from 'node:net';
import { AppError } from '../core/errors';
import { freshDatabase, type FreshDatabase } from '../tests/support/database';
import { until } from '../tests/support/world';
import { connectDatabase, type Database } from './client';

const PATIENCE = { answerWithinMs: 1_500, connectWithinMs: 1_500, mostWaiting: 3 };

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  db = connectDatabase({ url: database.url, name: 'test', max: 2, patience: PATIENCE });
});
afterEach(() => db.close());

const reason = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AppError ? error.details['reason'] : String(error)),
  );

test('who comes when enough wait is sent away at once, and those who wait are served', async () => {
  const all = Array.from({ length: 7 }, () => reason(db.query('SELECT pg_sleep(0.1)')));
  expect(await Promise.all(all)).toEqual([
    ...Array(5).fill('answered'),
    ...Array(2).fill('DATABASE_BUSY'),
  ]);
});

test('a transaction that takes too long leaves nothing, and its connection is not used again', async () => {
  await db.query('CREATE TABLE half (n int)');
  const broken = db.transaction(async (tx) => {
    await tx.query('INSERT INTO half VALUES (1)');
    await tx.query('SELECT pg_sleep(20)');
  });
  await expect(broken).rejects.toThrow();
  expect(await db.query('SELECT n FROM half')).toEqual([]);
  const states = `SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in%'`;
  await until('no transaction is left open', async () => (await db.query(states)).length === 0);
});

test('Prisma is no more patient', async () => {
  await expect(db.prisma.$queryRaw`SELECT 1 AS one FROM pg_sleep(20)`).rejects.toThrow();
  expect(await db.prisma.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
});

describe('a server that takes connections and says nothing', () => {
  let silent: Server;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    silent.close();
  });

  test('is given up soon, every time', async () => {
    const { port } = silent.address() as { port: number };
    const url = `postgresql://nobody:x@127.0.0.1:${port}/none`;
    const mute = connectDatabase({ url, name: 'test', max: 1, patience: PATIENCE });
    for (let n = 0; n < 3; n++) {
      await expect(mute.query('SELECT 1')).rejects.toThrow();
    }
    await mute.close();
  });
});
