/** Skills, known agents and closing windows, as conversations in line meet them. */
import fc from 'fast-check';
import type { QueueSettings } from '../../core/routing/policy';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { WaitingWorld } from '../../tests/support/waiting-world';
import { giveCommand } from '../conversation/give-command';
import { setAgentState } from '../agents/presence';
import { setSkills } from './set-skills';

let w: WaitingWorld;
beforeAll(async () => {
  w = await WaitingWorld.begin();
});
afterAll(() => w.end());

/** A channel whose conversations ask for skills. */
async function asking(queue: string, required: string[], preferred: string[] = []) {
  const channel = await makeChannel(w.db, queue);
  await w.db.query('UPDATE channel SET required_skills = $2, preferred_skills = $3 WHERE id = $1', [
    channel.id,
    required,
    preferred,
  ]);
  return channel;
}

const skilled = (agent: string, ...skills: string[]) =>
  w.db.query('UPDATE agent SET skills = $2 WHERE id = $1', [agent, skills]);

describe('skills', () => {
  it('what asks for a skill waits for somebody who has it, and holds up nobody else', async () => {
    const queue = await makeQueue(w.db);
    const plain = await makeAgent(w.db, [queue], { maxUnits: 25 });
    const french = await w.writes(await makeCustomer(w.db, await asking(queue, ['french'])));
    expect(await w.ownerOf(french)).toBeNull();
    expect(await w.ownerOf(await w.asks(queue))).toBe(plain);
    const speaks = await makeAgent(w.db, [queue], { in: false });
    await skilled(speaks, 'french', 'spanish');
    await w.db.query(`UPDATE agent SET state = 'paused' WHERE id = $1`, [speaks]);
    await w.settle(await setAgentState(w.db, speaks, 'available', null));
    expect(await w.ownerOf(french)).toBe(speaks);
  });

  it('says so, and gives them up after their time', async () => {
    const queue = await makeQueue(w.db, { settings: { relaxSkillsMs: 60_000 } });
    const plain = await makeAgent(w.db, [queue]);
    const id = await w.writes(await makeCustomer(w.db, await asking(queue, ['french'])));
    const [receipt] = await w.db.query<{ cause: string; candidates: { passedOver: string }[] }>(
      'SELECT cause, candidates FROM decision_receipt WHERE conversation_id = $1',
      [id],
    );
    expect(receipt?.candidates).toMatchObject([{ agentId: plain, passedOver: 'lacks a skill' }]);
    expect(receipt?.cause).toBe('skill missing');
    await w.waits(id, 59);
    expect(await w.ownerOf(id)).toBeNull();
    await w.waits(id, 1);
    expect(await w.ownerOf(id)).toBe(plain);
    expect(await w.happened(id)).toContain('skillsRelaxed');
  });

  it('those who have what is wished for go first', async () => {
    const queue = await makeQueue(w.db, { distribution: 'linear' });
    const plain = await makeAgent(w.db, [queue]);
    const wished = await makeAgent(w.db, [queue]);
    await skilled(wished, 'billing');
    await w.db.query('UPDATE queue_member SET position = 1 WHERE agent_id = $1', [wished]);
    const channel = await asking(queue, [], ['billing']);
    expect(await w.ownerOf(await w.writes(await makeCustomer(w.db, channel)))).toBe(wished);
    expect(await w.ownerOf(await w.asks(queue))).toBe(plain);
  });

  it('changed while it waits, it goes to whoever has them', async () => {
    const queue = await makeQueue(w.db);
    const speaks = await makeAgent(w.db, [queue]);
    await skilled(speaks, 'french');
    const boss = await makeAgent(w.db, [], { role: 'supervisor' });
    const id = await w.writes(await makeCustomer(w.db, await asking(queue, ['german'])));
    expect(await w.ownerOf(id)).toBeNull();
    const viewer = { id: boss, role: 'supervisor' as const };
    const wanted = { required: ['french'], preferred: [] };
    await w.settle(await setSkills(w.db, viewer, id, wanted));
    expect(await w.ownerOf(id)).toBe(speaks);
  });

  it('the database and the pure rules agree on who may get what', async () => {
    const names = ['a', 'b', 'c'];
    const some = fc.subarray(names);
    await fc.assert(
      fc.asyncProperty(some, fc.array(some, { minLength: 1, maxLength: 3 }), async (asked, has) => {
        const queue = await makeQueue(w.db, { distribution: 'linear' });
        const staff = [];
        for (const [position, skills] of has.entries()) {
          const agent = await makeAgent(w.db, [queue]);
          await skilled(agent, ...skills);
          await w.db.query('UPDATE queue_member SET position = $2 WHERE agent_id = $1', [
            agent,
            position,
          ]);
          staff.push({ agent, skills });
        }
        const id = await w.writes(await makeCustomer(w.db, await asking(queue, asked)));
        const first = staff.find(({ skills }) => asked.every((s) => skills.includes(s)));
        expect(await w.ownerOf(id)).toBe(first?.agent ?? null);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a customer who comes back', () => {
  async function known(
    settings: QueueSettings,
    distribution: 'linear' | 'longest-idle' = 'linear',
  ) {
    const queue = await makeQueue(w.db, { settings, distribution });
    const first = await makeAgent(w.db, [queue], { maxUnits: 25 });
    const customer = await makeCustomer(w.db, await makeChannel(w.db, queue));
    const id = await w.writes(customer);
    expect(await w.ownerOf(id)).toBe(first);
    await w.settle(
      await giveCommand(w.db, {
        ...{ conversationId: id, name: 'close', args: {}, key: 'close' },
        giver: { kind: 'agent', id: first },
      }),
    );
    await w.decide(id);
    const other = await makeAgent(w.db, [queue]);
    await w.db.query('UPDATE queue_member SET position = -1 WHERE agent_id = $1', [other]);
    return { queue, first, other, customer };
  }

  it('gets the agent of the last time, who goes before all rules', async () => {
    const { first, customer } = await known({});
    const id = await w.writes(customer);
    expect(await w.ownerOf(id)).toBe(first);
    expect(await w.happened(id)).toContain('assignedReturning');
  });

  it('gets another one where that agent is full or away', async () => {
    const { first, other, customer, queue } = await known({});
    await w.asks(queue);
    await w.db.query('UPDATE agent SET used_units = max_units WHERE id = $1', [first]);
    expect(await w.ownerOf(await w.writes(customer))).toBe(other);
  });

  it('is kept for one who is there but full, and no longer than it should be', async () => {
    const returning = { mode: 'wait' as const, waitMs: 30_000 };
    const { first, other, customer } = await known({ returning });
    await w.db.query('UPDATE agent SET max_units = 0 WHERE id = $1', [first]);
    const id = await w.writes(customer);
    expect(await w.row(id)).toMatchObject({ owner_id: null, line: `agent:${first}` });
    await w.waits(id, 29);
    expect(await w.ownerOf(id)).toBeNull();
    await w.waits(id, 1);
    expect(await w.ownerOf(id)).toBe(other);
  });

  it('goes to the agent for whom it is kept as soon as there is room', async () => {
    const { first, customer } = await known({ returning: { mode: 'wait' } });
    await w.db.query('UPDATE agent SET max_units = 0 WHERE id = $1', [first]);
    const id = await w.writes(customer);
    await w.db.query('UPDATE agent SET max_units = 25 WHERE id = $1', [first]);
    await w.settle(await setAgentState(w.db, first, 'available', null));
    expect(await w.ownerOf(id)).toBe(first);
  });

  it('is kept for nobody who is not there', async () => {
    const { first, other, customer } = await known({ returning: { mode: 'wait' } });
    await w.db.query(`UPDATE agent SET state = 'paused' WHERE id = $1`, [first]);
    expect(await w.ownerOf(await w.writes(customer))).toBe(other);
  });

  it('is a customer like others where that is off, or after 99 days', async () => {
    const off = await known({ returning: { mode: 'off' } });
    expect(await w.ownerOf(await w.writes(off.customer))).toBe(off.other);
    const old = await known({});
    await w.db.query(
      `UPDATE conversation SET last_message_at = app_now() - interval '99 days 1 minute' WHERE identity_id = $1`,
      [old.customer.identityId],
    );
    expect(await w.ownerOf(await w.writes(old.customer))).toBe(old.other);
  });
});

it('what can soon not be answered any more moves up in line, once', async () => {
  const queue = await makeQueue(w.db);
  const channel = { ...(await makeChannel(w.db, queue, 'open')), windowMode: '24h' as const };
  const early = await w.asks(queue, 'open');
  const late = await w.writes(await makeCustomer(w.db, channel));
  await w.db.query(
    `UPDATE conversation SET window_expires_at = app_now() + interval '5 hours' WHERE id = $1`,
    [late],
  );
  await w.decide(late);
  expect((await w.row(late)).urgent).toBe(true);
  expect((await w.happened(late)).filter((kind) => kind === 'becameUrgent')).toHaveLength(1);
  const agent = await makeAgent(w.db, [queue], { maxUnits: 20 });
  await w.settle(await setAgentState(w.db, agent, 'available', null));
  expect(await w.ownerOf(late)).toBe(agent);
  expect(await w.ownerOf(early)).toBeNull();
});
