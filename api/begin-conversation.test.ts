import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeChannel, makeQueue } from '../tests/support/people';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
});
afterAll(() => api.close());

async function scene(settings: object = { replyUrl: 'http://127.0.0.1:9/reply' }, inHouse = true) {
  const queue = await makeQueue(api.db);
  const channel = await makeChannel(api.db, queue, 'open');
  await api.db.query('UPDATE channel SET settings = $2 WHERE id = $1', [
    channel.id,
    JSON.stringify(settings),
  ]);
  const agent = await makeAgent(api.db, [queue], { in: inHouse });
  const token = await api.tokenFor(agent);
  const begin = (to: string, key = newId(), text = 'Your parcel is here') =>
    api
      .call('post', '/conversations', token)
      .set('Idempotency-Key', key)
      .send({ channelId: channel.id, to: { id: to }, text });
  return { queue, channel, agent, begin };
}

describe('a conversation that an agent begins', () => {
  it('is the agent’s at once, and its first message is on its way', async () => {
    const s = await scene();
    const { body } = await s.begin('customer-1').expect(201);
    expect(body).toMatchObject({
      status: 'open',
      placement: 'assigned',
      ownerId: s.agent,
      lastSeq: 1,
    });
    await api.deps.afterCommit.settled();
    expect(api.deliveries).toContain(body.id);
    expect(await api.db.query('SELECT 1 FROM hand_out')).toEqual([]);
    const load = await api.db.query('SELECT used_units FROM agent WHERE id = $1', [s.agent]);
    expect(load).toEqual([{ used_units: 20 }]);
  });

  it('is begun once, however often it is asked for with one key', async () => {
    const s = await scene();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => s.begin('customer-1', key)));
    const ids = new Set(answers.filter((a) => a.status < 300).map((a) => a.body.id as string));
    expect(ids.size).toBe(1);
    expect(answers.every((a) => a.status < 300 || a.body.code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(
      true,
    );
    const messages = await api.db.query('SELECT 1 FROM message WHERE conversation_id = ANY($1)', [
      [...ids],
    ]);
    expect(messages).toHaveLength(1);
    await s.begin('customer-1', key, 'something else').expect(422);
  });

  it('is refused where the customer has one already, and says which', async () => {
    const s = await scene();
    const first = await s.begin('customer-1').expect(201);
    const second = await s.begin('customer-1').expect(409);
    expect(second.body).toMatchObject({
      code: 'CONFLICT',
      details: { conversationId: first.body.id },
    });
  });

  it.each([
    ['without a reply URL', {}, true, 'CHANNEL_CANNOT_SEND'],
    [
      'with a window that only the customer opens',
      { replyUrl: 'http://127.0.0.1:9/', windowMode: '24h' },
      true,
      'WINDOW_CLOSED',
    ],
    [
      'by somebody who is not logged in',
      { replyUrl: 'http://127.0.0.1:9/' },
      false,
      'AGENT_UNAVAILABLE',
    ],
  ])('is refused %s, and nothing is left of it', async (_, settings, inHouse, code) => {
    const s = await scene(settings, inHouse);
    // A token of another session does not make the agent available.
    await api.db.query(`UPDATE agent SET state = $2 WHERE id = $1`, [
      s.agent,
      inHouse ? 'available' : 'logged_off',
    ]);
    const { body } = await s.begin('customer-1').expect(409);
    expect(body.code).toBe(code);
    expect(await api.db.query('SELECT 1 FROM conversation WHERE queue_id = $1', [s.queue])).toEqual(
      [],
    );
  });
});
