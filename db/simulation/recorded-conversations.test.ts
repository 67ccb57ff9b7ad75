import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { connectDatabase, type Database } from '../client';
import { newId } from '../ids';
import { readPresentPlan } from './present-plan';
import { readRecordedConversations, readRecordedOffers } from './recorded-conversations';

let database: FreshDatabase;
let db: Database;
let queueId: string;
let agentId: string;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
  queueId = await makeQueue(db, { delivery: 'offer', weight: 2, settings: { offerMs: 5_000 } });
  agentId = await makeAgent(db, [queueId], { maxUnits: 60 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** Instants are seconds after this one. */
const BEGIN = Date.UTC(2026, 10, 2, 8);
const at = (seconds: number): Date => new Date(BEGIN + seconds * 1_000);

async function conversation(columns: Record<string, unknown>): Promise<string> {
  const id = newId();
  const channel = await makeChannel(db, queueId);
  const { identityId } = await makeCustomer(db, channel);
  const all = {
    ...{ id, channel_id: channel.id, channel_kind: 'live-chat', identity_id: identityId },
    ...{ queue_id: queueId, ...columns },
  };
  const names = Object.keys(all);
  await db.query(
    `INSERT INTO conversation (${names.join(', ')}) VALUES (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(all),
  );
  return id;
}

const claim = (id: string, no: number, kind: string, seconds: number) =>
  db.query(
    `INSERT INTO claim (conversation_id, claim_no, kind, agent_id, actor_kind, created_at)
     VALUES ($1, $2, $3, $4, 'system', $5)`,
    [id, no, kind, agentId, at(seconds)],
  );

const becomes = (id: string, to: string, seconds: number, by = 'agent') =>
  db.query(
    `INSERT INTO conversation_event (conversation_id, rev, after_seq, kind, data, actor_kind, created_at)
     VALUES ($1, 1, 0, 'statusChanged', $2, $4, $3)`,
    [id, JSON.stringify({ from: 'x', to }), at(seconds), by],
  );

it('reads waits and handling times, less what the customer took, and who gave up', async () => {
  const done = await conversation({
    ...{ created_at: at(0), priority: 4, status: 'closed', closed_by: 'agent' },
    ...{ solved_at: at(500), closed_at: at(600), last_agent_id: agentId },
  });
  await claim(done, 1, 'offer', 2);
  await claim(done, 2, 'reject', 5);
  await claim(done, 3, 'offer', 6);
  await claim(done, 4, 'accept', 10);
  await becomes(done, 'waiting', 100);
  await becomes(done, 'open', 250);
  await becomes(done, 'solved', 500);
  const solved = { status: 'closed', closed_by: 'timer', closed_at: at(90), solved_at: at(80) };
  const left = await conversation({ created_at: at(20), ...solved });
  await becomes(left, 'solved', 80, 'customer');
  const emptied = await conversation({ created_at: at(25), ...solved });
  await becomes(emptied, 'solved', 80, 'supervisor');
  const reopened = await conversation({ created_at: at(28), solved_at: at(50) });
  await claim(reopened, 1, 'assign', 29);
  await becomes(reopened, 'solved', 50);
  await becomes(reopened, 'open', 60, 'customer');
  await conversation({ created_at: at(30), placement: 'queued', queued_since: at(30) });
  await conversation({ created_at: at(-1) });
  await conversation({ created_at: at(100) });
  const skills = { required: [], preferred: [] };
  const alike = { queueId, kind: 'live-chat', priority: 0, skills, customer: null };
  const unknown = { waitedMs: null, handlingMs: null, waitingMs: 0, gaveUpMs: null };
  const took = { waitedMs: 10_000, handlingMs: 340_000, waitingMs: 150_000, gaveUpMs: null };
  expect(await readRecordedConversations(db, at(0), at(100))).toEqual([
    { ...alike, ...took, at: BEGIN, priority: 4 },
    { ...alike, ...unknown, at: BEGIN + 20_000, gaveUpMs: 60_000 },
    { ...alike, ...unknown, at: BEGIN + 25_000 },
    { ...alike, ...unknown, at: BEGIN + 28_000, waitedMs: 1_000, waitingMs: 0 },
    { ...alike, ...unknown, at: BEGIN + 30_000 },
  ]);
  const offers = { made: 2, accepted: 1, rejected: 1, answerMs: 4_000 };
  expect(await readRecordedOffers(db, at(0), at(100))).toEqual(offers);
  expect(await readRecordedOffers(db, at(50), at(100))).toBeNull();
});

it('reads the present policy, without what is archived and without names of people', async () => {
  const gone = await makeQueue(db);
  await db.query('UPDATE queue SET archived_at = app_now() WHERE id = $1', [gone]);
  await makeAgent(db, [gone]);
  const { queues, agents } = await readPresentPlan(db);
  expect(queues).toEqual([
    {
      ...{ id: queueId, name: `queue ${queueId}`, delivery: 'offer', weight: 2 },
      ...{ eligibility: 'capacity', distribution: 'least-loaded', settings: { offerMs: 5_000 } },
      hours: null,
    },
  ]);
  expect(agents).toEqual([
    {
      ...{ id: agentId, name: agentId, kinds: [], maxUnits: 60, unitOverrides: {} },
      ...{ mostOfKinds: {}, skills: [], queues: [{ queue: queueId, penalty: 0, position: 0 }] },
    },
  ]);
});
