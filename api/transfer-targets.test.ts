import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  token = await api.tokenFor(await makeAgent(api.db, []));
});
afterAll(() => api.close());

const targets = async (kind: 'queues' | 'agents', query: string) =>
  (await api.call('get', `/transfer-targets/${kind}?${query}`, token).expect(200)).body;
const name = async (table: 'queue' | 'agent', id: string, text: string): Promise<void> => {
  await api.db.query(`UPDATE ${table} SET name = $2 WHERE id = $1`, [id, text]);
};

describe('where a conversation may be transferred to', () => {
  it('queues: their hours and who is there', async () => {
    const word = newId();
    const [open, closed] = [await makeQueue(api.db), await makeQueue(api.db)];
    await name('queue', open, `A ${word}`);
    await name('queue', closed, `B ${word}`);
    await api.db.query(
      `UPDATE queue SET open = false, next_change_at = '2026-11-24T07:00Z' WHERE id = $1`,
      [closed],
    );
    const there = await makeAgent(api.db, [open, closed]);
    const paused = await makeAgent(api.db, [open]);
    await api.db.query(`UPDATE agent SET state = 'paused' WHERE id = $1`, [paused]);
    const absent = await makeAgent(api.db, [open]);
    await api.db.query('UPDATE agent SET absent_since = now() WHERE id = $1', [absent]);
    await makeAgent(api.db, [open], { in: false });
    expect(there).toBeDefined();
    const first = {
      ...{ id: open, name: `A ${word}`, open: true, nextChangeAt: null },
      ...{ members: 4, loggedIn: 2, available: 1 },
    };
    const second = {
      ...{ id: closed, name: `B ${word}`, open: false, nextChangeAt: '2026-11-24T07:00:00.000Z' },
      ...{ members: 1, loggedIn: 1, available: 1 },
    };
    const search = `search=${word.toUpperCase()}`;
    expect(await targets('queues', search)).toEqual({ items: [first, second], next: null });
    const page = await targets('queues', `${search}&limit=1`);
    expect(page.items).toEqual([first]);
    const rest = await targets('queues', `${search}&limit=1&after=${page.next}`);
    expect(rest).toEqual({ items: [second], next: null });
    await api.db.query('UPDATE queue SET archived_at = now() WHERE id = $1', [open]);
    expect((await targets('queues', search)).items).toEqual([second]);
  });

  it('agents: their state and load', async () => {
    const word = newId();
    const queue = await makeQueue(api.db);
    const busy = await makeAgent(api.db, [queue], { maxUnits: 50 });
    const away = await makeAgent(api.db, [], { in: false });
    await name('agent', busy, `A ${word}`);
    await name('agent', away, `B ${word}`);
    await begin(api, queue);
    const first = {
      ...{ id: busy, name: `A ${word}`, state: 'available', stateSince: expect.any(String) },
      ...{ loggedIn: true, onCall: false, workload: 50, queueIds: [queue] },
    };
    const second = {
      ...{ id: away, name: `B ${word}`, state: 'logged_off', stateSince: expect.any(String) },
      ...{ loggedIn: false, onCall: false, workload: 0, queueIds: [] },
    };
    expect(await targets('agents', `search=${word}`)).toEqual({
      items: [first, second],
      next: null,
    });
    const page = await targets('agents', `search=${word}&limit=1`);
    expect(await targets('agents', `search=${word}&limit=1&after=${page.next}`)).toEqual({
      items: [second],
      next: null,
    });
    expect((await targets('agents', `queueId=${queue}`)).items).toEqual([first]);
  });

  it('nobody learns of without signing in, or by a query that makes no sense', async () => {
    for (const kind of ['queues', 'agents']) {
      const path = `/transfer-targets/${kind}`;
      await api.call('get', path).expect(401);
      for (const query of ['search=', 'search=%00', 'after=x', 'limit=0', 'queueId=1&search=a']) {
        await api.call('get', `${path}?${query}`, token).expect(400);
      }
    }
  });
});

describe('a transfer', () => {
  async function held() {
    const [queue, target] = [await makeQueue(api.db), await makeQueue(api.db)];
    const agent = await makeAgent(api.db, [queue]);
    const { id } = await begin(api, queue);
    const own = await api.tokenFor(agent);
    const transfer = () =>
      api
        .call('post', `/conversations/${id}/commands`, own)
        .send({ name: 'transferToQueue', args: { queueId: target } });
    return { id, target, transfer };
  }

  it('to a closed queue is done, with a warning that says until when', async () => {
    const { id, target, transfer } = await held();
    await makeAgent(api.db, [target], { in: false });
    await name('queue', target, `Night ${target}`);
    await api.db.query(
      `UPDATE queue SET open = false, next_change_at = '2026-11-24T07:00Z' WHERE id = $1`,
      [target],
    );
    const { body } = await transfer().expect(200);
    expect(body).toMatchObject({ conversationId: id, outcome: 'applied' });
    expect(body.warnings).toEqual([
      {
        ...{ code: 'QUEUE_CLOSED', queueId: target, opensAt: '2026-11-24T07:00:00.000Z' },
        message: `The queue Night ${target} is closed until 24 November 2026, 07:00. The conversation will wait there.`,
      },
    ]);
  });

  it('to an open queue has none, and to one without agents is refused', async () => {
    const { target, transfer } = await held();
    const refused = await transfer().expect(409);
    expect(refused.body).toMatchObject({ code: 'QUEUE_EMPTY', details: { queueId: target } });
    await makeAgent(api.db, [target]);
    expect((await transfer().expect(200)).body.warnings).toBeUndefined();
  });
});
