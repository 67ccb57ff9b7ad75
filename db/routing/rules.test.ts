/** The rules of a queue as conversations and agents meet them: who gets what, and what a receipt says of it. */
import fc from 'fast-check';
import { AppError } from '../../core/errors';
import { DISTRIBUTIONS } from '../../core/routing/distribution/distributions';
import { ELIGIBILITIES } from '../../core/routing/eligibility/eligibility';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { AfterCommit } from '../after-commit';
import { takeConversation } from './claim';
import { rejectOffer } from './claim-back';
import { connectDatabase, type Database } from '../client';
import { newId } from '../ids';
import { lockAgents, writeLoad } from '../agents/locked-agent';
import { setAgentState } from '../agents/presence';
import { receiveMessage } from '../messages/receive-message';

let database: FreshDatabase;
let db: Database;
let afterCommit: AfterCommit;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
  const silent = { ring: async () => undefined, deliver: async () => undefined };
  afterCommit = new AfterCommit(db, silent, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await afterCommit.settled();
  await db.close();
  await database.drop();
});

type Rules = NonNullable<Parameters<typeof makeQueue>[1]>;

/** A customer writes to the queue; all that follows is done when it resolves. */
async function begin(queue: string): Promise<string> {
  const customer = await makeCustomer(db, await makeChannel(db, queue));
  const inbound = { ...customer, externalId: newId(), text: 'hello' };
  const { value, effects } = await receiveMessage(db, inbound);
  await afterCommit.run(effects);
  return value.conversationId;
}

async function ownerOf(id: string): Promise<string | null> {
  const rows = await db.query<{ owner_id: string | null }>(
    'SELECT owner_id FROM conversation WHERE id = $1',
    [id],
  );
  return rows[0]?.owner_id ?? null;
}

/** The owners of so many conversations, one after the other. */
async function owners(queue: string, count: number): Promise<(string | null)[]> {
  const all: (string | null)[] = [];
  for (let n = 0; n < count; n++) all.push(await ownerOf(await begin(queue)));
  return all;
}

interface StoredReceipt {
  result: string;
  rule: string;
  agent_id: string | null;
  candidates: { agentId: string; passedOver: string | null }[];
}

async function lastReceipt(id: string): Promise<StoredReceipt | undefined> {
  const rows = await db.query<StoredReceipt>(
    `SELECT result, rule, agent_id, candidates FROM decision_receipt
      WHERE conversation_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
    [id],
  );
  return rows[0];
}

const against = async (id: string, agent: string) =>
  (await lastReceipt(id))?.candidates.find(({ agentId }) => agentId === agent)?.passedOver;

/** A queue of this rule with agents who are in. */
async function house(rules: Rules, agents: number, more: readonly string[] = []) {
  const queue = await makeQueue(db, rules);
  const staff: string[] = [];
  for (let n = 0; n < agents; n++) {
    const id = await makeAgent(db, [queue, ...more]);
    await db.query('UPDATE queue_member SET position = $3 WHERE queue_id = $1 AND agent_id = $2', [
      queue,
      id,
      n,
    ]);
    staff.push(id);
  }
  return { queue, staff };
}

const call = (agent: string) => db.query('UPDATE agent SET on_call = true WHERE id = $1', [agent]);

/** The agent solves it, in short: it costs nothing any more. */
async function end(id: string): Promise<void> {
  const { effects } = await db.transaction(async (tx) => {
    const owner = (await ownerOf(id)) ?? '';
    const agent = (await lockAgents(tx, [owner])).get(owner);
    await tx.query(
      `UPDATE conversation SET status = 'closed', placement = NULL, owner_id = NULL, reserved_units = 0,
              closed_at = app_now() WHERE id = $1`,
      [id],
    );
    if (agent) await writeLoad(tx, agent, 'units freed');
  });
  await afterCommit.run(effects);
}

describe('eligibility', () => {
  it('capacity gives as much as there is room for', async () => {
    const { queue, staff } = await house({}, 1);
    expect(await owners(queue, 5)).toEqual([...Array(4).fill(staff[0]), null]);
  });

  it('incall is one at a time, and nobody else’s while it lasts', async () => {
    const other = await makeQueue(db);
    const { queue, staff } = await house({ eligibility: 'incall' }, 1, [other]);
    const [agent] = staff as [string];
    const first = await begin(queue);
    const second = await begin(queue);
    const elsewhere = await begin(other);
    expect(await Promise.all([first, second, elsewhere].map(ownerOf))).toEqual([agent, null, null]);
    expect(await against(second, agent)).toBe('in conversation');
    expect(await against(elsewhere, agent)).toBe('in conversation');
    await end(first);
    expect(await ownerOf(second)).toBe(agent);
    await end(second);
    expect(await ownerOf(elsewhere)).toBe(agent);
    await call(agent);
    await end(elsewhere);
    expect(await against(await begin(queue), agent)).toBe('on a call');
  });

  it('nopause passes by that', async () => {
    const other = await makeQueue(db, { eligibility: 'nopause' });
    const { queue, staff } = await house({ eligibility: 'incall' }, 1, [other]);
    await begin(queue);
    expect(await owners(other, 1)).toEqual([staff[0]]);
  });

  it('nocall counts what is held of this queue', async () => {
    const rules: Rules = { eligibility: 'nocall', settings: { maxPerAgent: 2 } };
    const { queue, staff } = await house(rules, 1);
    await call(staff[0] ?? '');
    expect(await owners(queue, 3)).toEqual([staff[0], staff[0], null]);
  });

  it('interaction gives one of this queue, beside others', async () => {
    const other = await makeQueue(db);
    const { queue, staff } = await house({ eligibility: 'interaction' }, 1, [other]);
    expect(await owners(queue, 2)).toEqual([staff[0], null]);
    expect(await owners(other, 1)).toEqual([staff[0]]);
  });

  it('omni begins with those who have nothing to do', async () => {
    const { queue, staff } = await house({ eligibility: 'omni', distribution: 'linear' }, 3);
    const [first, second, third] = staff as [string, string, string];
    await call(second);
    expect(await owners(queue, 3)).toEqual([first, third, first]);
  });

  it('limits the conversations of a kind where the agent has such a limit', async () => {
    const { queue, staff } = await house({}, 1);
    await db.query(`UPDATE agent SET most_of_kinds = '{"live-chat": 1}' WHERE id = $1`, [staff[0]]);
    expect(await owners(queue, 2)).toEqual([staff[0], null]);
  });

  it.each(['ringall', 'ringallmultiple'] as const)('%s leaves the line to agents', async (mode) => {
    const { queue, staff } = await house({ eligibility: mode }, 1);
    const [agent] = staff as [string];
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await begin(queue));
    expect(await Promise.all(ids.map(ownerOf))).toEqual(Array(5).fill(null));
    expect(await lastReceipt(ids[0] ?? '')).toMatchObject({ result: 'pull', agent_id: null });
    const takes: string[] = [];
    for (const id of ids) {
      const taken = await takeConversation(db, id, agent, newId()).then(
        () => 'taken',
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
      );
      takes.push(taken);
    }
    const one = ['taken', ...Array<string>(4).fill('QUEUE_LIMIT')];
    const room = [...Array<string>(4).fill('taken'), 'NO_CAPACITY'];
    expect(takes).toEqual(mode === 'ringall' ? one : room);
  });
});

describe('distribution', () => {
  it('least-loaded spreads the load', async () => {
    const { queue, staff } = await house({}, 2);
    const all = await owners(queue, 4);
    expect(staff.map((agent) => all.filter((owner) => owner === agent).length)).toEqual([2, 2]);
  });

  it('linear fills from the top', async () => {
    const { queue, staff } = await house({ distribution: 'linear' }, 2);
    expect(await owners(queue, 5)).toEqual([...Array(4).fill(staff[0]), staff[1]]);
  });

  it('round-robin goes round', async () => {
    const { queue, staff } = await house({ distribution: 'round-robin' }, 3);
    expect(await owners(queue, 4)).toEqual([...staff, staff[0]]);
  });

  it('fewest-handled looks at today', async () => {
    const { queue, staff } = await house({ distribution: 'fewest-handled' }, 2);
    const [first, second] = staff as [string, string];
    const id = await begin(queue);
    const owner = await ownerOf(id);
    await end(id);
    // Idle again, and yet the other one's turn.
    expect(await owners(queue, 1)).toEqual([owner === first ? second : first]);
  });

  it('longest-idle goes by when work ended, and not by a break', async () => {
    const { queue, staff } = await house({ distribution: 'longest-idle' }, 2);
    const [first, second] = staff as [string, string];
    const hour = (agent: string, hours: number) =>
      db.query(
        `UPDATE agent SET idle_since = app_now() - make_interval(hours => $2),
                state_since = app_now() - interval '9 h' WHERE id = $1`,
        [agent, hours],
      );
    await hour(first, 2);
    await hour(second, 1);
    expect(await owners(queue, 3)).toEqual([first, second, first]);
    const late = await house({ distribution: 'longest-idle' }, 2);
    const [tired = '', fresh = ''] = late.staff;
    await hour(tired, 3);
    await hour(fresh, 2);
    await setAgentState(db, tired, 'paused', 'lunch');
    await setAgentState(db, tired, 'available', null);
    expect(await owners(late.queue, 1)).toEqual([fresh]);
  });

  it('least-recently-notified also counts what was refused', async () => {
    const rules: Rules = { distribution: 'least-recently-notified', delivery: 'offer' };
    const { queue, staff } = await house(rules, 2);
    const id = await begin(queue);
    const asked = (await ownerOf(id)) ?? '';
    const { effects } = await rejectOffer(db, id, asked, newId());
    await afterCommit.run(effects);
    const other = staff.find((agent) => agent !== asked);
    expect(await ownerOf(id)).toBe(other);
    expect(await owners(queue, 1)).toEqual([asked]);
  });

  it('weighted-random leaves a penalty of 100 for need', async () => {
    const { queue, staff } = await house({ distribution: 'weighted-random' }, 2);
    const [last, first] = staff as [string, string];
    await db.query('UPDATE queue_member SET penalty = 100 WHERE agent_id = $1', [last]);
    expect(await owners(queue, 5)).toEqual([...Array(4).fill(first), last]);
  });

  it('ring-all gives it to who takes it first, within the capacity', async () => {
    const { queue, staff } = await house({ distribution: 'ring-all' }, 2);
    const id = await begin(queue);
    expect(await ownerOf(id)).toBeNull();
    const receipt = await lastReceipt(id);
    expect(receipt).toMatchObject({ result: 'pull', rule: 'capacity, ring-all' });
    expect(receipt?.candidates.map(({ passedOver }) => passedOver)).toEqual([null, null]);
    const takes = await Promise.all(
      staff.map((agent) =>
        takeConversation(db, id, agent, newId()).then(
          () => 'taken',
          (error: unknown) => (error as AppError).code,
        ),
      ),
    );
    expect(takes.sort()).toEqual(['ALREADY_TAKEN', 'taken']);
  });
});

describe('a closed queue', () => {
  const set = (queue: string, open: boolean) =>
    db.query('UPDATE queue SET open = $2 WHERE id = $1', [queue, open]);

  it('tries what has just come, and leaves its line to the opening', async () => {
    const other = await makeQueue(db);
    const { queue, staff } = await house({}, 1, [other]);
    const [agent] = staff as [string];
    await set(queue, false);
    const came = await owners(queue, 4);
    expect(came).toEqual(Array(4).fill(agent));
    const waits = await begin(queue);
    const open = await begin(other);
    expect(await lastReceipt(waits)).toMatchObject({ result: 'waiting' });
    const causes = await db.query('SELECT cause FROM decision_receipt WHERE conversation_id = $1', [
      waits,
    ]);
    expect(causes).toEqual([{ cause: 'closed' }]);
    const [first = '', second = ''] = await db
      .query<{ id: string }>('SELECT id FROM conversation WHERE owner_id = $1 ORDER BY id', [agent])
      .then((rows) => rows.map(({ id }) => id));
    // The younger one of an open queue goes before the older one of a closed queue.
    await end(first);
    expect(await Promise.all([waits, open].map(ownerOf))).toEqual([null, agent]);
    await set(queue, true);
    await end(second);
    expect(await ownerOf(waits)).toBe(agent);
  });
});

describe('every rule, with every delivery', () => {
  it('never leaves in line what somebody may get, and never gives what nobody may', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ELIGIBILITIES),
        fc.constantFrom(...DISTRIBUTIONS),
        fc.constantFrom('auto', 'offer'),
        fc.array(fc.record({ onCall: fc.boolean(), maxUnits: fc.constantFrom(0, 25, 100) }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.integer({ min: 1, max: 4 }),
        async (eligibility, distribution, delivery, people, count) => {
          const rules: Rules = { eligibility, distribution, delivery };
          const queue = await makeQueue(db, rules);
          const rooms = new Map<string, number>();
          for (const { onCall, maxUnits } of people) {
            const agent = await makeAgent(db, [queue], { maxUnits });
            if (onCall) await call(agent);
            const most = eligibility === 'incall' || eligibility === 'interaction' ? 1 : 4;
            const room = Math.min(most, Math.floor(maxUnits / 25));
            rooms.set(agent, eligibility === 'incall' && onCall ? 0 : room);
          }
          const got = await owners(queue, count);
          const pulled = eligibility.startsWith('ringall') || distribution === 'ring-all';
          const room = pulled ? 0 : [...rooms.values()].reduce((sum, n) => sum + n, 0);
          expect(got.filter((owner) => owner !== null)).toHaveLength(Math.min(room, count));
          for (const [agent, most] of rooms) {
            expect(got.filter((owner) => owner === agent).length).toBeLessThanOrEqual(most);
          }
        },
      ),
      { numRuns: 20 },
    ));
});
