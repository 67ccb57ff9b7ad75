/**
 * A thousand live conversations lose their Temporal: it is killed, all that it had stored is deleted, and a new, empty
 * one takes its place while the product runs on. `npm run temporal-replaced` is the full form, which puts the
 * production server in the place of the embedded one, or leaves out the command.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connectDatabase, type Database } from '../../db/client';
import { findOrInsertSession } from '../../db/agents/sessions';
import { conversationWorkflowId } from '../../workflows/ids';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { startFakeReceiver, type FakeReceiver } from '../support/fake-receiver';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/world';
import { readRows, TemporalLook, type Row } from './look';
import { populate, type Population, type Where } from './populate';
import { Servers, type Kind } from './servers';

const TO = (process.env['REPLACED_TO'] ?? 'embedded') as Kind;
/** False where nobody runs `reconcile`: then the product must notice by itself. */
const BY_HAND = process.env['REPLACED_ALONE'] === undefined;
const LONG = 240_000;
const SECRET = 'a secret of at least thirty-two characters';
const KEY = Buffer.from('the key of a customer system');
const FULL = process.env['REPLACED_TO'] !== undefined;
/** From the beginning to the end of a short wait: Temporal is replaced meanwhile. */
const SHORTLY_MS = FULL ? 200_000 : 40_000;
/** So many conversations of each kind have their history read. */
const SAMPLE = 10;
/** Of a timer, by how much it may miss its deadline: two clocks are read some time apart. */
const NEAR_MS = 5_000;

const figures: Record<string, number | string> = { to: TO };
const servers = new Servers();
let database: FreshDatabase;
let db: Database;
let receiver: FakeReceiver;
let product: Product;
let temporal: TemporalLook;
let people: Population;
let before: Map<string, Row>;

const at = (where: Where): readonly string[] => people.at[where].ids;
const seconds = (ms: number): number => Math.round(ms / 100) / 10;

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
  receiver = await startFakeReceiver(KEY);
  people = await populate(db, {
    replyUrl: receiver.url,
    key: KEY,
    secret: SECRET,
    shortlyMs: SHORTLY_MS,
  });
  await servers.start('embedded');
  product = await startProduct({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: servers.address,
    TEMPORAL_NAMESPACE: 'default',
    SWITCHYARD_SEED: 'none',
    SWITCHYARD_SECRET: SECRET,
  });
  temporal = TemporalLook.at(servers.address, 'default');
}, LONG);

afterAll(async () => {
  const { REPLACED_FIGURES: file } = process.env;
  if (file) writeFileSync(file, JSON.stringify(figures));
  await temporal?.close();
  await product?.close();
  await servers.close();
  await receiver?.close();
  await db?.close();
  await database?.drop();
});

/** What the agent of these conversations asks of the API, for all of them at once. */
async function askForAll(where: Where, path: string, body: object): Promise<number[]> {
  const token = randomUUID();
  const { agentId, ids } = people.at[where];
  await findOrInsertSession(db, { id: randomUUID(), agentId, token, userAgent: null });
  return Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`${product.url}/api/v1/conversations/${id}/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      return response.status;
    }),
  );
}

/** Waits until every live conversation has a workflow that has read its row; the seconds that it took. */
async function allRestored(from: number): Promise<number> {
  await until(
    'every conversation has its workflow',
    async () => (await temporal.restored()) >= people.ids.length,
    LONG,
  );
  return seconds(Date.now() - from);
}

test(
  'a worker that starts on an empty Temporal starts every workflow',
  async () => {
    expect(people.ids).toHaveLength(1000);
    figures['conversations'] = people.ids.length;
    // In the suite it is replaced while the worker is at it: half of a minute more would show nothing else.
    if (FULL) figures['bootSeconds'] = await allRestored(Date.now());
    else await until('the first have theirs', async () => (await temporal.restored()) > 50, LONG);
  },
  LONG,
);

test(
  'with Temporal gone, commands are taken and replies are kept',
  async () => {
    before = await readRows(db);
    await servers.lose();
    const answers = await Promise.all([
      askForAll('idleAndSolved', 'commands', { name: 'solve' }),
      askForAll('outsideAndAnswered', 'messages', { text: 'Good day.' }),
    ]);
    expect(answers.map((statuses) => [...new Set(statuses)])).toEqual([[202], [201]]);
  },
  LONG,
);

test(
  'on the new, empty one every conversation gets its workflow',
  async () => {
    await servers.start(TO);
    const began = Date.now();
    if (BY_HAND) {
      const { code, stdout, stderr } = await product.cli('reconcile');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('1000 unclosed conversations: each has its workflow.');
      figures['reconcileSeconds'] = seconds(Date.now() - began);
    }
    const took = await allRestored(began);
    figures['restoredSeconds'] = took;
    figures['perSecond'] = Math.round(people.ids.length / took);
    const { all, running } = await temporal.runs();
    expect(running.sort()).toEqual(people.ids.map(conversationWorkflowId).sort());
    expect(all).toHaveLength(people.ids.length);
  },
  LONG,
);

test(
  'commands that nobody had decided are decided',
  async () => {
    await until(
      'all are decided',
      async () => {
        const rows = await readRows(db);
        return at('idleAndSolved').every((id) => rows.get(id)?.status === 'solved');
      },
      LONG,
    );
    const outcomes = await db.query('SELECT DISTINCT outcome FROM command');
    expect(outcomes).toEqual([{ outcome: 'applied' }]);
  },
  LONG,
);

test(
  'replies that had to wait arrive once',
  async () => {
    await until('all have arrived', async () => receiver.taken.length >= 50, LONG);
    const to = receiver.taken.map((taken) => taken.conversationId);
    expect(to.sort()).toEqual([...at('outsideAndAnswered')].sort());
    expect(receiver.calls).toHaveLength(50);
    expect(receiver.faults).toEqual([]);
  },
  LONG,
);

test(
  'no row has changed, and each timer runs for what its deadline has left',
  async () => {
    const busy = new Set([
      ...at('idleAndSolved'),
      ...at('outsideAndAnswered'),
      ...at('waitingShortly'),
    ]);
    const after = await readRows(db);
    const still = people.ids.filter((id) => !busy.has(id));
    expect(still.map((id) => after.get(id))).toEqual(still.map((id) => before.get(id)));
    const missed: number[] = [];
    for (const { ids } of Object.values(people.at)) {
      for (const id of ids.filter((one) => !busy.has(one)).slice(0, SAMPLE)) {
        const next = after.get(id)?.next ?? null;
        const fires = await temporal.timerOf(id);
        if (next === null) expect(fires).toBeNull();
        else missed.push(Math.abs((fires ?? 0) - next));
      }
    }
    expect(missed.length).toBeGreaterThanOrEqual(8 * SAMPLE);
    figures['timerMissesDeadlineByMs'] = Math.round(Math.max(...missed));
    expect(Math.max(...missed)).toBeLessThan(NEAR_MS);
  },
  LONG,
);

test(
  'deadlines that come meanwhile, or soon, are kept',
  async () => {
    await until(
      'those who waited shortly are open again',
      async () => {
        const rows = await readRows(db);
        return at('waitingShortly').every((id) => rows.get(id)?.status === 'open');
      },
      LONG,
    );
    // On a slow machine some of them had come to their end before.
    const waited = at('waitingShortly').filter((id) => before.get(id)?.status === 'waiting');
    const late = await db.query<{ ms: number }>(
      `SELECT (extract(epoch FROM max(e.created_at)) * 1000)::float8 - due.deadline AS ms
       FROM unnest($1::uuid[], $2::float8[]) AS due(id, deadline)
       JOIN conversation_event e ON e.conversation_id = due.id GROUP BY due.id, due.deadline`,
      [waited, waited.map((id) => before.get(id)?.next)],
    );
    expect(late).toHaveLength(waited.length);
    expect(waited).not.toEqual([]);
    const all = late.map(({ ms }) => ms);
    figures['resumedAfterDeadlineMs'] =
      `${Math.round(Math.min(...all))} to ${Math.round(Math.max(...all))}`;
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  },
  LONG,
);

test(
  'API and worker have gone on through all of it',
  async () => {
    expect(await product.stop()).toEqual({ api: 0, workers: 0 });
  },
  LONG,
);
