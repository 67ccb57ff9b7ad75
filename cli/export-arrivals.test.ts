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

it('writes how long it waited for the customer, the skills, and a number for who came back', async () => {
  const db = connectDatabase({ url: database.url, name: 'test' });
  const queueId = await makeQueue(db);
  const agentId = await makeAgent(db, [queueId]);
  const channel = await makeChannel(db, queueId);
  const customer = await makeCustomer(db, channel);
  await receiveMessage(db, { ...customer, externalId: 'm1', text: 'one' });
  const [first] = await db.query<{ id: string }>(
    `UPDATE conversation SET created_at = now() - interval '10 minutes', status = 'closed', placement = NULL,
            closed_at = now() - interval '2 minutes', required_skills = '{french}'
      WHERE identity_id = $1 RETURNING id`,
    [customer.identityId],
  );
  await db.query(
    `INSERT INTO claim (conversation_id, claim_no, kind, agent_id, actor_kind, created_at)
     VALUES ($1, 1, 'take', $2, 'agent', now() - interval '9 minutes')`,
    [first?.id, agentId],
  );
  await db.query(
    `INSERT INTO conversation_event (conversation_id, rev, after_seq, kind, data, actor_kind, created_at)
     SELECT $1::uuid, 5 + n, 0, 'statusChanged', jsonb_build_object('to', status), 'agent', now() - ago
       FROM (VALUES (1, 'waiting', interval '7 minutes'), (2, 'open', interval '4 minutes'))
            AS changed (n, status, ago)`,
    [first?.id],
  );
  await receiveMessage(db, { ...customer, externalId: 'm2', text: 'two' });
  await db.close();
  const file = join(folder, 'returning.json');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  await call('--from', from, '--to', to, '--out', file);
  const { conversations } = JSON.parse(readFileSync(file, 'utf8')) as {
    conversations: { queue: string; handlingMs: number; waitingMs: number }[];
  };
  const mine = conversations.filter(({ queue }) => queue === queueId);
  expect(mine).toMatchObject([
    { customer: '1', requiredSkills: ['french'], preferredSkills: [] },
    { customer: '1', requiredSkills: [], waitingMs: 0 },
  ]);
  expect(Math.abs((mine[0]?.waitingMs ?? 0) - 180_000)).toBeLessThan(2_000);
  expect(Math.abs((mine[0]?.handlingMs ?? 0) - 240_000)).toBeLessThan(2_000);
});

it.each([
  ['monday', '2026-11-02T00:00:00Z', 'monday is no instant'],
  ['2026-11-02T00:00:00Z', '2026-11-02T00:00:00Z', '--to must be after --from.'],
])('refuses from %s to %s in a sentence', async (from, to, sentence) => {
  await expect(call('--from', from, '--to', to)).rejects.toThrow(sentence);
});
