import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let boss: { id: string; token: string };
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const id = await makeAgent(api.db, [], { role: 'supervisor' });
  boss = { id, token: await api.tokenFor(id) };
});
afterAll(() => api.close());

const set = (id: string, priority: unknown, token = boss.token) =>
  api.call('put', `/conversations/${id}/priority`, token).send({ priority });
const ownerOf = async (id: string): Promise<unknown> =>
  (await api.db.query('SELECT owner_id FROM conversation WHERE id = $1', [id]))[0]?.owner_id;

/** A queue whose one agent has room for a single conversation and holds it. */
async function busyQueue() {
  const queue = await makeQueue(api.db);
  const agent = await makeAgent(api.db, [queue], { maxUnits: 25 });
  const held = await begin(api, queue);
  expect(await ownerOf(held.id)).toBe(agent);
  return { queue, agent, held };
}

const close = async (id: string): Promise<void> => {
  await api.call('post', `/conversations/${id}/commands`, boss.token).send({ name: 'close' });
  await api.deps.afterCommit.settled();
};

describe('a priority', () => {
  it('moves it in its line: the agent who gets free gets the one that is first now', async () => {
    const { queue, agent, held } = await busyQueue();
    const [older, younger] = [await begin(api, queue), await begin(api, queue)];
    const { body } = await set(younger.id, 7).expect(200);
    expect(body).toMatchObject({ id: younger.id, priority: 7, placement: 'queued' });
    const line = await api.call(
      'get',
      `/conversations?view=unassigned&queueId=${queue}`,
      boss.token,
    );
    expect(line.body.items.map(({ id }: { id: string }) => id)).toEqual([younger.id, older.id]);
    await close(held.id);
    expect([await ownerOf(younger.id), await ownerOf(older.id)]).toEqual([agent, null]);
    await set(older.id, 10).expect(200);
    await close(younger.id);
    expect(await ownerOf(older.id)).toBe(agent);
  });

  it('is told in the timeline and the audit, and to its workflow; the same again changes nothing', async () => {
    const { held } = await busyQueue();
    const rings = api.rings.length;
    await set(held.id, 3).expect(200);
    await set(held.id, 3).expect(200);
    await api.deps.afterCommit.settled();
    const told = api.rings.slice(rings).filter(({ conversationId }) => conversationId === held.id);
    expect(told).toEqual([{ conversationId: held.id, signal: 'check' }]);
    const events = await api.call('get', `/conversations/${held.id}/events`, boss.token);
    const changes = events.body.items.filter(
      ({ kind }: { kind: string }) => kind === 'priorityChanged',
    );
    expect(changes).toMatchObject([
      { data: { from: 0, to: 3 }, actorKind: 'supervisor', actorId: boss.id },
    ]);
    const audit = await api.db.query(
      'SELECT actor_id, action, detail FROM audit WHERE target = $1',
      [`conversation/${held.id}`],
    );
    expect(audit).toEqual([
      { actor_id: boss.id, action: 'conversation.priority', detail: { from: 0, to: 3 } },
    ]);
  });

  it('stays with what is offered, and counts when it comes back', async () => {
    const queue = await makeQueue(api.db, { delivery: 'offer' });
    const agent = await makeAgent(api.db, [queue], { maxUnits: 25 });
    const offered = await begin(api, queue);
    const other = await begin(api, queue);
    expect(await ownerOf(offered.id)).toBe(agent);
    await set(other.id, 2).expect(200);
    await set(offered.id, 5).expect(200);
    await api.call('post', `/conversations/${offered.id}/reject`, await api.tokenFor(agent));
    await api.deps.afterCommit.settled();
    const line = await api.call(
      'get',
      `/conversations?view=unassigned&queueId=${queue}`,
      boss.token,
    );
    expect(line.body.items[0].id).toBe(offered.id);
  });

  it('is refused to agents, on closed ones, and where there is none', async () => {
    const { agent, held } = await busyQueue();
    const refused = await set(held.id, 1, await api.tokenFor(agent)).expect(403);
    expect(refused.body.code).toBe('FORBIDDEN');
    expect((await set(newId(), 1).expect(404)).body.code).toBe('NOT_FOUND');
    const elsewhere = await makeAgent(api.db, [await makeQueue(api.db)], { role: 'supervisor' });
    await set(held.id, 1, await api.tokenFor(elsewhere)).expect(404);
    for (const wrong of [-1, 11, 1.5, '3', null]) {
      expect((await set(held.id, wrong).expect(400)).body.code).toBe('INVALID_REQUEST');
    }
    await close(held.id);
    expect((await set(held.id, 1).expect(409)).body.code).toBe('CONVERSATION_CLOSED');
  });
});
