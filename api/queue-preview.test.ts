import { orderKey } from '../core/routing/order';
import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
});
afterAll(() => api.close());

const preview = (queue: string, fields: object, token = admin) =>
  api.call('post', `/queues/${queue}/preview`, token).send(fields);

/** A manual line of so many. */
async function line(length: number): Promise<{ queue: string; ids: string[] }> {
  const queue = await makeQueue(api.db, { delivery: 'manual' });
  const ids: string[] = [];
  for (let n = 0; n < length; n++) ids.push((await begin(api, queue)).id);
  return { queue, ids };
}

const everything = (queue: string) =>
  api.db.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(c) ORDER BY id) FROM conversation c WHERE queue_id = $1) AS conversations,
            (SELECT to_jsonb(q) FROM queue q WHERE id = $1) AS queue, (SELECT count(*) FROM audit) AS audited,
            (SELECT count(*) FROM hand_out) AS hand_outs, (SELECT count(*) FROM decision_receipt) AS receipts`,
    [queue],
  );

describe('a preview', () => {
  it('tells what the edit then does, and changes nothing', async () => {
    const { queue, ids } = await line(3);
    const agent = await makeAgent(api.db, [queue], { maxUnits: 50 });
    const before = await everything(queue);
    const edit = { delivery: 'offer' };
    const { body } = await preview(queue, edit).expect(200);
    expect(body).toMatchObject({
      ...{ version: 1, open: true, waiting: 3, more: false, offers: 2, assignments: 0, moved: 0 },
      changes: [{ field: 'delivery', from: 'manual', to: 'offer' }],
      stays: [{ reason: 'all full', count: 1, said: 'everybody has enough to do' }],
    });
    expect(body.line).toMatchObject([
      { conversationId: ids[0], position: 1, then: 1, agentId: agent, reason: null },
      { conversationId: ids[1], position: 2, then: 2, agentId: agent, reason: null },
      { conversationId: ids[2], position: 3, then: 3, agentId: null, reason: 'all full' },
    ]);
    expect(await everything(queue)).toEqual(before);
    const path = `/queues/${queue}`;
    await api
      .call('patch', path, admin)
      .send({ ...edit, ifVersion: body.version })
      .expect(200);
    await api.deps.afterCommit.settled();
    const offered = await api.db.query<{ id: string }>(
      `SELECT id FROM conversation WHERE queue_id = $1 AND placement = 'offered' ORDER BY number`,
      [queue],
    );
    expect(offered.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });

  it('tells who would go first', async () => {
    const { queue, ids } = await line(2);
    const [old, urgent] = ids as [string, string];
    const place = async (id: string, priority: number, minutesAgo: number) => {
      const queuedSince = Date.now() - minutesAgo * 60_000;
      const key = {
        priority,
        queuedSince,
        weight: 0,
        agingMinutes: 0,
        front: false,
        urgent: false,
      };
      await api.db.query(
        'UPDATE conversation SET priority = $2, queued_since = $3, order_key = $4 WHERE id = $1',
        [id, priority, new Date(queuedSince), orderKey(key)],
      );
    };
    await place(old, 0, 30);
    await place(urgent, 2, 1);
    const { body } = await preview(queue, { settings: { agingMinutes: 10 } }).expect(200);
    expect(body).toMatchObject({
      ...{ moved: 2, offers: 0, assignments: 0 },
      stays: [{ reason: 'left to agents', count: 2 }],
      line: [
        { conversationId: old, position: 2, then: 1 },
        { conversationId: urgent, position: 1, then: 2 },
      ],
    });
  });

  it('goes by the hours that the queue would have', async () => {
    const { queue } = await line(1);
    await makeAgent(api.db, [queue]);
    const never = { name: newId(), zone: 'UTC', intervals: [] };
    const { body: calendar } = await api.call('post', '/calendars', admin).send(never);
    const edit = { delivery: 'auto', hoursMode: 'own', calendarId: calendar.id };
    const { body } = await preview(queue, edit).expect(200);
    expect(body).toMatchObject({ open: false, assignments: 0, stays: [{ reason: 'closed' }] });
    expect((await preview(queue, { delivery: 'auto' })).body).toMatchObject({ assignments: 1 });
    const without = await preview(queue, { hoursMode: 'own' }).expect(409);
    expect(without.body.code).toBe('QUEUE_NEEDS_CALENDAR');
    await preview(queue, { hoursMode: 'own', calendarId: newId() }).expect(404);
  });

  it('is refused as the edit would be, and to those who do not oversee the queue', async () => {
    const { queue } = await line(0);
    const agent = await api.tokenFor(await makeAgent(api.db, [queue]));
    await preview(queue, {}, agent).expect(403);
    const own = await api.tokenFor(await makeAgent(api.db, [queue], { role: 'supervisor' }));
    expect((await preview(queue, {}, own).expect(200)).body.line).toEqual([]);
    const other = await makeQueue(api.db);
    await preview(other, {}, own).expect(404);
    await preview(newId(), {}).expect(404);
    await preview(queue, { weight: 11 }).expect(400);
    await preview(queue, { ifVersion: 1 }).expect(200);
    await preview(queue, { ifVersion: 2 }).expect(409);
    await api.call('post', `/queues/${queue}/archive`, admin).send({ heirId: other }).expect(200);
    expect((await preview(queue, {}).expect(409)).body.code).toBe('QUEUE_ARCHIVED');
  });
});
