import { newId } from '../db/ids';
import { receiveMessage } from '../db/messages/receive-message';
import { takeConversation } from '../db/routing/claim';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
});
afterAll(() => api.close());

/** A new conversation in the queue's line; hand-outs are done when this returns. */
async function arrive(queueId: string): Promise<string> {
  const channel = await makeChannel(api.db, queueId);
  const customer = await makeCustomer(api.db, channel);
  const { value, effects } = await receiveMessage(api.db, {
    ...customer,
    externalId: newId(),
    text: 'hello',
  });
  await api.deps.afterCommit.run(effects);
  return value.conversationId;
}

interface Row {
  queue_id: string;
  placement: string | null;
  owner_id: string | null;
  order_key: string;
  version: number;
  status: string;
}

const rowOf = async (id: string): Promise<Row | undefined> =>
  (
    await api.db.query<Row & Record<string, unknown>>(
      'SELECT queue_id, placement, owner_id, order_key, version, status FROM conversation WHERE id = $1',
      [id],
    )
  )[0];

describe('queues', () => {
  it('are added, read and listed by name', async () => {
    const name = `Support ${newId()}`;
    const wish = {
      ...{ name, delivery: 'offer', weight: 3, settings: { survey: { enabled: true } } },
      ...{ eligibility: 'nocall', distribution: 'round-robin' },
    };
    const { body } = await api.call('post', '/queues', admin).send(wish).expect(201);
    expect(body).toMatchObject({ ...wish, version: 1, members: [], archived: false, heirId: null });
    const read = await api.call('get', `/queues/${body.id}`, admin);
    expect(read.body).toEqual(body);
    const { body: clash } = await api.call('post', '/queues', admin).send({ name }).expect(409);
    expect(clash.code).toBe('CONFLICT');
    const listed = await api.call('get', '/queues?limit=100', admin);
    const names = listed.body.items.map((item: { name: string }) => item.name);
    expect(names).toContain(name);
  });

  it('count their versions; what is not named stays', async () => {
    const { body: queue } = await api
      .call('post', '/queues', admin)
      .send({ name: newId(), settings: { offerMs: 30_000 } });
    const { body } = await api
      .call('patch', `/queues/${queue.id}`, admin)
      .send({ settings: { agingMinutes: 5 } })
      .expect(200);
    expect(body).toMatchObject({ version: 2, settings: { offerMs: 30_000, agingMinutes: 5 } });
  });

  it('reorder their line when weight or aging change', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'manual' });
    const id = await arrive(queueId);
    const before = await rowOf(id);
    await api.call('patch', `/queues/${queueId}`, admin).send({ weight: 2 }).expect(200);
    const heavier = await rowOf(id);
    expect(Number(heavier?.order_key)).toBe(Number(before?.order_key) - 2e13);
    await api
      .call('patch', `/queues/${queueId}`, admin)
      .send({ settings: { agingMinutes: 1 } })
      .expect(200);
    expect(Number((await rowOf(id))?.order_key)).toBe(Number(before?.order_key) - 120_000);
  });

  it('hand out what stood in a manual line once they are automatic', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'manual' });
    const agentId = await makeAgent(api.db, [queueId]);
    const id = await arrive(queueId);
    expect(await rowOf(id)).toMatchObject({ placement: 'queued' });
    await api.call('patch', `/queues/${queueId}`, admin).send({ delivery: 'auto' }).expect(200);
    await api.deps.afterCommit.settled();
    expect(await rowOf(id)).toMatchObject({ placement: 'assigned', owner_id: agentId });
  });
});

describe('members', () => {
  it('get work of the queue when they join it, and lose its offers when they leave', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'offer' });
    const agentId = await makeAgent(api.db, []);
    const boss = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
    const id = await arrive(queueId);
    const member = `/queues/${queueId}/members/${agentId}`;
    const { body } = await api.call('put', member, boss).send({ penalty: 7 }).expect(200);
    expect(body.members).toEqual([{ agentId, penalty: 7, position: 0 }]);
    await api.deps.afterCommit.settled();
    expect(await rowOf(id)).toMatchObject({ placement: 'offered', owner_id: agentId });
    await api.call('delete', member, boss).expect(200);
    await api.deps.afterCommit.settled();
    expect(await rowOf(id)).toMatchObject({ placement: 'queued', owner_id: null });
    await api.call('delete', member, boss).expect(404);
  });

  it('are set by supervisors, not by agents, and must exist', async () => {
    const queueId = await makeQueue(api.db);
    const agentId = await makeAgent(api.db, []);
    const own = await api.tokenFor(agentId);
    await api.call('put', `/queues/${queueId}/members/${agentId}`, own).send({}).expect(403);
    await api.call('put', `/queues/${queueId}/members/${newId()}`, admin).send({}).expect(404);
    await api.call('put', `/queues/${newId()}/members/${agentId}`, admin).send({}).expect(404);
  });
});

describe('archiving a queue', () => {
  it('needs an heir that is in use', async () => {
    const [queueId, gone] = [await makeQueue(api.db), await makeQueue(api.db)];
    const archive = (body: object) =>
      api.call('post', `/queues/${queueId}/archive`, admin).send(body);
    expect((await archive({}).expect(409)).body.code).toBe('QUEUE_NEEDS_HEIR');
    expect((await archive({ heirId: queueId }).expect(409)).body.code).toBe('QUEUE_NEEDS_HEIR');
    await archive({ heirId: newId() }).expect(404);
    const heirId = await makeQueue(api.db);
    await api.call('post', `/queues/${gone}/archive`, admin).send({ heirId }).expect(200);
    expect((await archive({ heirId: gone }).expect(409)).body.code).toBe('QUEUE_ARCHIVED');
  });

  it('hands on what is not closed, takes offers back, and leads channels to the heir', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'offer' });
    const heirId = await makeQueue(api.db, { delivery: 'auto', weight: 1 });
    const held = await arrive(queueId);
    const agentId = await makeAgent(api.db, [queueId], { maxUnits: 50 });
    await takeConversation(api.db, held, agentId, newId());
    const offered = await arrive(queueId);
    const queued = await arrive(queueId);
    expect(await rowOf(offered)).toMatchObject({ placement: 'offered', owner_id: agentId });
    expect(await rowOf(queued)).toMatchObject({ placement: 'queued' });
    const heirs = await makeAgent(api.db, [heirId], { maxUnits: 25 });
    const { channel_id: channelId } = (
      await api.db.query<{ channel_id: string }>(
        'SELECT channel_id FROM conversation WHERE id = $1',
        [queued],
      )
    )[0] ?? { channel_id: '' };

    const { body } = await api
      .call('post', `/queues/${queueId}/archive`, admin)
      .send({ heirId })
      .expect(200);
    expect(body).toMatchObject({ archived: true, heirId, version: 2 });
    await api.deps.afterCommit.settled();

    expect(await rowOf(held)).toMatchObject({ queue_id: heirId, owner_id: agentId });
    // The heir's agent has room for one: the one that has waited longest.
    expect(await rowOf(offered)).toMatchObject({ queue_id: heirId, owner_id: heirs });
    expect(await rowOf(queued)).toMatchObject({
      queue_id: heirId,
      placement: 'queued',
      version: 2,
    });
    expect(Number((await rowOf(queued))?.order_key)).toBeLessThan(0);
    for (const conversationId of [held, offered, queued]) {
      expect(api.rings).toContainEqual({ conversationId, signal: 'check' });
    }
    const channel = await api.call('get', `/channels/${channelId}`, admin);
    expect(channel.body.queueId).toBe(heirId);
    const { body: audit } = await api.call('get', `/audit?target=queue/${queueId}`, admin);
    expect(audit.items[0]).toMatchObject({ action: 'queue.archive', detail: { heirId } });
    const { body: edit } = await api
      .call('patch', `/queues/${queueId}`, admin)
      .send({ weight: 1 })
      .expect(409);
    expect(edit.code).toBe('QUEUE_ARCHIVED');
  });

  it('loses nothing that arrives at the same moment', async () => {
    const queueId = await makeQueue(api.db);
    const heirId = await makeQueue(api.db);
    const [ids] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => arrive(queueId))),
      api.call('post', `/queues/${queueId}/archive`, admin).send({ heirId }).expect(200),
    ]);
    // What slipped in after the move is found by whoever clears next.
    await api.call('post', `/queues/${await makeQueue(api.db)}/archive`, admin).send({ heirId });
    const rows = await Promise.all(ids.map(rowOf));
    expect(new Set(rows.map((row) => row?.queue_id))).toEqual(new Set([heirId]));
  });
});
