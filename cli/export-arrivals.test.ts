import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulationResult } from '../core/simulation/figures';
import { connectDatabase } from '../db/client';
import { receiveMessage } from '../db/messages/receive-message';
import { freshDatabase, type FreshDatabase } from '../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../tests/support/people';
import { exportArrivalsCommand } from './export-arrivals';
import { simulateCommand } from './simulate';

let database: FreshDatabase;
let folder: string;
const before = process.env['DATABASE_URL'];
beforeAll(async () => {
  database = await freshDatabase();
  process.env['DATABASE_URL'] = database.url;
  folder = mkdtempSync(join(tmpdir(), 'switchyard-export-'));
});
afterAll(async () => {
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const call = (...words: string[]) => exportArrivalsCommand().parseAsync(words, { from: 'user' });

it('writes what simulate replays with the policy of the database, and nothing of what was written', async () => {
  const db = connectDatabase({ url: database.url, name: 'test' });
  const queueId = await makeQueue(db);
  await makeAgent(db, [queueId]);
  const channel = await makeChannel(db, queueId);
  const customer = await makeCustomer(db, channel);
  await receiveMessage(db, { ...customer, externalId: 'm1', text: 'my secret' });
  await db.close();

  const file = join(folder, 'arrivals.json');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  await call('--from', from, '--to', to, '--out', file);
  const written = readFileSync(file, 'utf8');
  expect(JSON.parse(written)).toMatchObject({
    conversations: [{ queue: queueId, kind: 'live-chat', waitedMs: null, handlingMs: null }],
  });
  expect(written).not.toContain('secret');
  expect(written).not.toContain(customer.identityId);

  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  await simulateCommand().parseAsync(['--arrivals', file, '--json'], { from: 'user' });
  const { present } = JSON.parse(String(log.mock.calls[0]?.[0])) as { present: SimulationResult };
  log.mockRestore();
  expect(present.all).toMatchObject({ arrived: 1, answered: 1 });
});

it.each([
  ['monday', '2026-11-02T00:00:00Z', 'monday is no instant'],
  ['2026-11-02T00:00:00Z', '2026-11-02T00:00:00Z', '--to must be after --from.'],
])('refuses from %s to %s in a sentence', async (from, to, sentence) => {
  await expect(call('--from', from, '--to', to)).rejects.toThrow(sentence);
});
