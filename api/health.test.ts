import request from 'supertest';
import { healthFigures } from '../db/health';
import { newId } from '../db/ids';
import { receiveMessage } from '../db/messages/receive-message';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../tests/support/people';
import { createApp } from './app';

let api: TestApi;
beforeEach(async () => {
  api = await createTestApi();
});
afterEach(() => api.close());

const away = () => Promise.reject(new Error('away'));

describe('the probes', () => {
  it('say that the process lives and is ready', async () => {
    await request(api.url).get('/healthz').expect(200, { status: 'ok' });
    await request(api.url)
      .get('/readyz')
      .expect(200, { status: 'ready', checks: { database: 'ok', temporal: 'ok' } });
  });

  it('keep the API in service without Temporal, and say so', async () => {
    const app = createApp({ ...api.deps, pingTemporal: away });
    await request(app)
      .get('/readyz')
      .expect(200, { status: 'degraded', checks: { database: 'ok', temporal: 'away' } });
  });

  it('take it out of service without the database, where no request can be answered', async () => {
    const db = {
      ...api.db,
      query: () => Promise.reject(Object.assign(new Error(), { code: '57P01' })),
    };
    const app = createApp({ ...api.deps, db });
    const { body, headers } = await request(app).get('/readyz').expect(503);
    expect(body).toEqual({ status: 'not ready', checks: { database: 'away', temporal: 'ok' } });
    expect(headers['retry-after']).toBe('1');
    const refused = await request(app)
      .get('/api/v1/sessions/current')
      .set('Authorization', `Bearer ${'x'.repeat(43)}`)
      .expect(503);
    expect(refused.body.code).toBe('UNAVAILABLE');
    await request(app).get('/metrics').expect(503);
    await request(app).get('/healthz').expect(200);
  });
});

describe('/metrics', () => {
  it('counts what is in line and what nobody takes care of', async () => {
    const queueId = await makeQueue(api.db, { delivery: 'manual' });
    const channel = await makeChannel(api.db, queueId);
    const customer = await makeCustomer(api.db, channel);
    const { value } = await receiveMessage(api.db, {
      ...customer,
      externalId: newId(),
      text: 'hi',
    });
    const clean = await healthFigures(api.db);
    expect(Object.values(clean.orphans)).toEqual([0, 0, 0, 0]);
    expect(clean.waiting).toEqual({ [queueId]: 1 });

    await api.db.query(
      `UPDATE conversation SET next_deadline_at = now() - interval '31 s' WHERE id = $1`,
      [value.conversationId],
    );
    await api.db.query(
      `INSERT INTO command (conversation_id, number, name, giver_kind, key, key_hash, after_seq, created_at)
       VALUES ($1, 1, 'solve', 'system', 'k', 'h', 1, now() - interval '61 s')`,
      [value.conversationId],
    );
    await api.db.query(
      `UPDATE message SET delivery = 'pending', created_at = now() - interval '6 min'`,
    );
    const { text } = await request(api.url).get('/metrics').expect(200);
    expect(text).toContain(`switchyard_waiting_conversations{queue="${queueId}"} 1`);
    for (const kind of ['passedDeadline', 'undecidedCommand', 'pendingMessage']) {
      expect(text).toContain(`switchyard_orphans{kind="${kind}"} 1`);
    }
    expect(text).toMatch(/switchyard_oldest_unhandled_command_seconds 6\d/);

    await api.db.query(
      'UPDATE conversation SET placement = NULL, queued_since = NULL, next_deadline_at = NULL',
    );
    expect((await healthFigures(api.db)).orphans.nowhere).toBe(1);
  });

  it('times what is handed out, by what gave occasion to it', async () => {
    const queueId = await makeQueue(api.db);
    await makeAgent(api.db, [queueId]);
    const channel = await makeChannel(api.db, queueId);
    const customer = await makeCustomer(api.db, channel);
    const { effects } = await receiveMessage(api.db, {
      ...customer,
      externalId: newId(),
      text: 'hi',
    });
    await api.deps.afterCommit.run(effects);
    const { text } = await request(api.url).get('/metrics');
    expect(text).toMatch(/switchyard_hand_out_seconds_count\{trigger="\w+"\} 1/);
  });

  it('times requests by endpoint, never by address', async () => {
    await api.call('get', '/queues?limit=7').expect(401);
    await api.call('get', '/no-such-thing').expect(404);
    const { text } = await request(api.url).get('/metrics');
    expect(text).toContain(
      'switchyard_http_request_seconds_count{endpoint="listQueues",status="401"} 1',
    );
    expect(text).toContain('switchyard_http_request_seconds_count{endpoint="none",status="404"} 1');
    expect(text).not.toMatch(/limit=7|no-such-thing/);
  });
});
