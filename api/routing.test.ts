import { readStory } from '../db/conversation/story';
import { tellStory } from '../cli/explain';
import { newId } from '../db/ids';
import { setAgentState } from '../db/agents/presence';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let boss: string;
beforeAll(async () => {
  api = await createTestApi({ TEMPORAL_UI_URL: 'http://temporal.test/' });
  boss = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
});
afterAll(() => api.close());

const routing = (id: string, token = boss) =>
  api.call('get', `/conversations/${id}/routing`, token);

/** A line of two behind an agent with room for one, and a colleague on a break. */
async function line() {
  const queue = await makeQueue(api.db);
  const busy = await makeAgent(api.db, [queue], { maxUnits: 25 });
  const held = await begin(api, queue);
  const paused = await makeAgent(api.db, [queue]);
  await setAgentState(api.db, paused, 'paused', 'lunch');
  const [first, second] = [await begin(api, queue), await begin(api, queue)];
  return { queue, busy, paused, held, first, second };
}

describe('the routing of a conversation', () => {
  it('says where it stands, and why it still waits', async () => {
    const { queue, busy, paused, second } = await line();
    const { body } = await routing(second.id).expect(200);
    expect(body).toMatchObject({
      ...{ status: 'open', placement: 'queued', queueId: queue, ownerId: null, deadlines: [] },
      place: { queueId: queue, queue: `queue ${queue}`, position: 2, front: false, priority: 0 },
      why: 'It waits because everybody has enough to do.',
      temporalUrl: `http://temporal.test/namespaces/default/workflows/conversation-${second.id}`,
    });
    expect(body.place).toMatchObject({ open: true, opensAt: null });
    expect(body.candidates).toEqual({
      count: 2,
      first: expect.arrayContaining([
        {
          ...{ agentId: busy, name: `Agent ${busy}`, workload: 100 },
          passedOver: 'no free capacity',
          said: `Agent ${busy}, at 100 %, has no room for it.`,
        },
        {
          ...{ agentId: paused, name: `Agent ${paused}`, workload: 0, passedOver: 'paused' },
          said: `Agent ${paused}, at 0 %, is paused.`,
        },
      ]),
    });
    const parts = Object.values<number>(body.wait.byCause);
    expect(parts.reduce((sum, ms) => sum + ms, 0)).toBe(body.wait.ms);
    expect(body.receipts).toMatchObject([{ result: 'waiting', cause: 'all full' }]);
    expect(body.receipts[0].sentences).toContain('It waits because everybody has enough to do.');
  });

  it('says who may get it, and that others go first', async () => {
    const { queue, second } = await line();
    const free = await makeAgent(api.db, [queue]);
    const { body } = await routing(second.id);
    expect(body.why).toBe(`Agent ${free} may get it, after the one before it.`);
    await api.db.query('UPDATE queue SET open = false WHERE id = $1', [queue]);
    const closed = (await routing(second.id)).body;
    expect([closed.why, closed.place.open]).toEqual([
      'It waits because the queue is closed.',
      false,
    ]);
  });

  it('tells an offer with its deadline, and no line once an agent has it', async () => {
    const queue = await makeQueue(api.db, { delivery: 'offer' });
    const agent = await makeAgent(api.db, [queue]);
    const { id } = await begin(api, queue);
    const own = await api.tokenFor(agent);
    const { body } = await routing(id, own).expect(200);
    expect(body).toMatchObject({
      ...{ placement: 'offered', ownerId: agent, place: { position: 1 } },
      ...{ why: null, candidates: null },
      deadlines: [{ name: 'offer', said: 'offer expires' }],
    });
    const nowhere = { place: null, why: null, wait: null, candidates: null };
    const { held } = await line();
    expect((await routing(held.id)).body).toMatchObject(nowhere);
  });

  it('names the version it went by, and what has changed since', async () => {
    const admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
    const { body: queue } = await api.call('post', '/queues', admin).send({ name: newId() });
    const { id } = await begin(api, queue.id);
    const edit = { weight: 3, settings: { offerMs: 5_000 } };
    await api.call('patch', `/queues/${queue.id}`, admin).send(edit).expect(200);
    const { body } = await routing(id);
    expect(body.receipts[0]).toMatchObject({ policyVersion: 1, cause: 'nobody in' });
    expect(body.receipts[0].sentences).toContain(
      'Now version 2 holds; changed since: settings.offerMs from unset to 5000, weight from 0 to 3.',
    );
    const pages = (await api.call('get', `/conversations/${id}/routing/receipts`, admin)).body;
    expect(pages.items[0].sentences).toEqual(body.receipts[0].sentences);
  });

  it('does not exist for those who may not see it', async () => {
    const { held, first } = await line();
    const stranger = await api.tokenFor(await makeAgent(api.db, []));
    for (const { id } of [held, first]) {
      await routing(id, stranger).expect(404);
      await api.call('get', `/conversations/${id}/routing/receipts`, stranger).expect(404);
    }
    await routing(newId()).expect(404);
  });
});

describe('switchyard explain', () => {
  it('tells the same', async () => {
    const { queue, busy, paused, second } = await line();
    const story = await readStory(api.db, second.id);
    if (!story) throw new Error('there is no story');
    const said = tellStory(story, 'page', false);
    expect(said).toContain(`  It is number 2 in the line of "queue ${queue}".`);
    expect(said).toContain('  It waits because everybody has enough to do.');
    expect(said).toContain(`  Agent ${busy}, at 100 %, has no room for it.`);
    expect(said).toContain(`  Agent ${paused}, at 0 %, is paused.`);
    expect(said.join('\n')).toMatch(/It has waited so far: \d+ \w+ everybody had enough to do\./);
  });

  it('has nothing to say of a line where there is none', async () => {
    const { held } = await line();
    const story = await readStory(api.db, held.id);
    expect(story && tellStory(story, 'page', false)).not.toContain('Why it still waits');
  });
});
