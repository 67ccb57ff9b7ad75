import { createTestApi, type TestApi } from '../tests/support/api';
import { DEMO, DEMO_PASSWORD, seedDemo } from './seed';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const seed = (port: number) =>
  seedDemo(api.db, { secret: api.deps.env.secret, port, publicUrl: 'https://desk.example.com/x' });

test('fills an empty installation once, whoever starts at the same time', async () => {
  await Promise.all([seed(3000), seed(3000), seed(3000)]);
  for (const name of ['admin', 'supervisor', 'agent', 'agent2'] as const) {
    const { body } = await api
      .call('post', '/sessions')
      .send({ email: `${name}@example.com`, password: DEMO_PASSWORD })
      .expect(201);
    expect(body.agent.id).toBe(DEMO[name]);
    const own = body.token as string;
    const queues = await api.call('get', '/queues', own).expect(200);
    expect(queues.body.items).toMatchObject([
      { id: DEMO.sales, delivery: 'auto' },
      { id: DEMO.support, delivery: 'offer', settings: { survey: { enabled: true } } },
    ]);
    const channels = await api.call('get', '/channels', own).expect(200);
    expect(channels.body.items).toMatchObject([
      { id: DEMO.openDemo, kind: 'open', queueId: DEMO.sales },
      {
        id: DEMO.website,
        kind: 'live-chat',
        queueId: DEMO.support,
        settings: {
          allowedOrigins: [
            'http://localhost:3000',
            'http://127.0.0.1:3000',
            'https://desk.example.com',
          ],
        },
      },
    ]);
  }
});

test('leaves it alone afterwards, but lets the website be opened from another port', async () => {
  await api.db.query('DELETE FROM queue_member');
  await seed(3001);
  expect(await api.db.query('SELECT 1 FROM queue_member')).toEqual([]);
  const rows = await api.db.query<{ origins: string[] }>(
    `SELECT settings->'allowedOrigins' AS origins FROM channel WHERE id = $1`,
    [DEMO.website],
  );
  expect(rows[0]?.origins).toHaveLength(5);
  expect(rows[0]?.origins).toContain('http://localhost:3001');
});
