import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';
import { driveConversation } from '../tests/support/workflow-driver';

let api: TestApi;
let boss: { id: string; token: string };
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const id = await makeAgent(api.db, [], { role: 'supervisor' });
  boss = { id, token: await api.tokenFor(id) };
});
beforeEach(() => {
  api.decides = true;
});
afterAll(() => api.close());

const empty = (queue: string, body: object, key = newId(), token = boss.token) =>
  api.call('post', `/queues/${queue}/empty`, token).set('Idempotency-Key', key).send(body);
const rowOf = async (id: string) => {
  await api.deps.afterCommit.settled();
  const sql =
    'SELECT status, placement, queue_id, owner_id, closed_by FROM conversation WHERE id = $1';
  return (await api.db.query<Record<string, unknown>>(sql, [id]))[0];
};
const commandsOf = async (id: string): Promise<number> =>
  (await api.db.query('SELECT 1 FROM command WHERE conversation_id = $1', [id])).length;
const saidIn = async (id: string): Promise<string[]> => {
  const sql = `SELECT text FROM message WHERE conversation_id = $1 AND author_kind = 'bot'`;
  return (await api.db.query<{ text: string }>(sql, [id])).map(({ text }) => text);
};

/** A queue with an agent who is full, and so many in line behind what the agent holds. */
async function fullQueue(waiting: number) {
  const queue = await makeQueue(api.db);
  const agent = await makeAgent(api.db, [queue], { maxUnits: 25 });
  const held = (await begin(api, queue)).id;
  const line: string[] = [];
  for (let n = 0; n < waiting; n++) line.push((await begin(api, queue)).id);
  return { queue, agent, held, line };
}

describe('emptying a queue', () => {
  it('transfers all that waits, and nothing else', async () => {
    const { queue, agent, held, line } = await fullQueue(3);
    const target = await makeQueue(api.db);
    const there = await makeAgent(api.db, [target]);
    const { body } = await empty(queue, { to: { queueId: target }, reason: 'storm' }).expect(200);
    expect(body).toEqual({ commands: 3 });
    for (const id of line) {
      expect(await rowOf(id)).toMatchObject({ queue_id: target, owner_id: there });
    }
    expect(await rowOf(held)).toMatchObject({ queue_id: queue, owner_id: agent });
    const [event] = (
      await api.call('get', `/conversations/${line[0]}/events`, boss.token)
    ).body.items.filter(({ kind }: { kind: string }) => kind === 'transferredToQueue');
    expect(event).toMatchObject({ actorKind: 'supervisor', actorId: boss.id });
    const audit = await api.db.query(
      'SELECT actor_id, action, detail FROM audit WHERE target = $1',
      [`queue/${queue}`],
    );
    expect(audit).toEqual([
      { actor_id: boss.id, action: 'queue.empty', detail: { to: target, reason: 'storm' } },
    ]);
  });

  it('closes all that waits, with the words of the supervisor', async () => {
    const { queue, held, line } = await fullQueue(2);
    const text = 'A storm keeps us away. Please write again tomorrow.';
    const { body } = await empty(queue, { to: { close: true, text } }).expect(200);
    expect(body).toEqual({ commands: 2 });
    for (const id of line) {
      expect(await rowOf(id)).toMatchObject({ status: 'closed', closed_by: 'system' });
      expect(await saidIn(id)).toEqual([text]);
    }
    expect(await rowOf(held)).toMatchObject({ status: 'open' });
    // What is told to customers is in their conversations and nowhere else.
    expect(JSON.stringify(api.rings)).not.toContain('storm');
    const quiet = await fullQueue(1);
    await empty(quiet.queue, { to: { close: true } }).expect(200);
    expect(await rowOf(quiet.line[0] ?? '')).toMatchObject({ status: 'closed' });
    expect(await saidIn(quiet.line[0] ?? '')).toEqual([]);
  });

  it('leaves what is offered to its offer, and what is given out before the command is decided', async () => {
    const queue = await makeQueue(api.db, { delivery: 'offer' });
    const agent = await makeAgent(api.db, [queue], { maxUnits: 25 });
    const [offered, waits] = [(await begin(api, queue)).id, (await begin(api, queue)).id];
    api.decides = false;
    const { body } = await empty(queue, { to: { close: true } }).expect(200);
    expect(body).toEqual({ commands: 1 });
    const token = await api.tokenFor(agent);
    await api.call('post', `/conversations/${offered}/accept`, token).expect(200);
    await api.call('post', `/conversations/${waits}/take`, token).expect(200);
    await driveConversation(api.db, waits);
    expect(await rowOf(waits)).toMatchObject({ status: 'open', owner_id: agent });
    expect(await rowOf(offered)).toMatchObject({ status: 'open', owner_id: agent });
  });

  it('is done once however often it is asked for, and gone on with where it broke off', async () => {
    const { queue, line } = await fullQueue(2);
    api.decides = false;
    const key = newId();
    const wish = { to: { close: true } };
    const first = await empty(queue, wish, key).expect(200);
    expect((await empty(queue, wish, key).expect(200)).body).toEqual(first.body);
    // As if its process had died in the middle: one conversation has no command yet, and nothing was answered.
    await api.db.query('DELETE FROM command WHERE conversation_id = $1', [line[1]]);
    await api.db.query('UPDATE emptied_queue SET given = 1 WHERE queue_id = $1', [queue]);
    await api.db.query('DELETE FROM idempotency WHERE key = $1', [key]);
    expect((await empty(queue, wish, key).expect(200)).body).toEqual({ commands: 2 });
    expect(await Promise.all(line.map(commandsOf))).toEqual([1, 1]);
    expect(
      await api.db.query('SELECT 1 FROM audit WHERE target = $1', [`queue/${queue}`]),
    ).toHaveLength(1);
  });

  it('is refused where it makes no sense, and leaves no trace', async () => {
    const { queue, agent, line } = await fullQueue(1);
    const archived = await makeQueue(api.db);
    await api.db.query('UPDATE queue SET archived_at = now() WHERE id = $1', [archived]);
    const nobody = await makeQueue(api.db);
    const elsewhere = await makeAgent(api.db, [nobody], { role: 'supervisor' });
    const close = { to: { close: true } };
    const refusals: [string, string, object, number, string][] = [
      [queue, await api.tokenFor(agent), close, 403, 'FORBIDDEN'],
      [queue, await api.tokenFor(elsewhere), close, 403, 'FORBIDDEN'],
      [newId(), boss.token, close, 404, 'NOT_FOUND'],
      [queue, boss.token, { to: { queueId: newId() } }, 404, 'NOT_FOUND'],
      [queue, boss.token, { to: { queueId: archived } }, 409, 'QUEUE_ARCHIVED'],
      [queue, boss.token, { to: { queueId: await makeQueue(api.db) } }, 409, 'QUEUE_EMPTY'],
      [queue, boss.token, { to: { queueId: queue } }, 400, 'INVALID_REQUEST'],
      [queue, boss.token, {}, 400, 'INVALID_REQUEST'],
      [queue, boss.token, { to: { close: false } }, 400, 'INVALID_REQUEST'],
      [queue, boss.token, { to: { close: true, queueId: nobody } }, 400, 'INVALID_REQUEST'],
      [queue, boss.token, { to: { close: true, text: 'a\0' } }, 400, 'INVALID_REQUEST'],
      [queue, boss.token, { ...close, reason: 'a\nb' }, 400, 'INVALID_REQUEST'],
    ];
    for (const [id, token, body, status, code] of refusals) {
      const answer = await empty(id, body, newId(), token);
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
    }
    expect(await commandsOf(line[0] ?? '')).toBe(0);
    expect(await api.db.query('SELECT 1 FROM emptied_queue WHERE queue_id = $1', [queue])).toEqual(
      [],
    );
  });
});
