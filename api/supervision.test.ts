import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

interface Row {
  readonly id: string;
}
interface Seen {
  readonly at: string;
  readonly queues: Row[];
  readonly agents: Row[];
}

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
});
afterAll(() => api.close());

/** A supervisor of these queues, or of all where there are none. */
const supervisor = async (queues: string[] = []): Promise<string> =>
  api.tokenFor(await makeAgent(api.db, queues, { role: 'supervisor', in: false }));
const look = async (token: string): Promise<Seen> =>
  (await api.call('get', '/supervision', token).expect(200)).body as Seen;

describe('what supervisors look at', () => {
  it('counts what stands where, and says how loaded each agent is', async () => {
    const queue = await makeQueue(api.db);
    const agent = await makeAgent(api.db, [queue], { maxUnits: 50 });
    const paused = await makeAgent(api.db, [queue]);
    await api.db.query(`UPDATE agent SET state = 'paused', pause_reason = 'lunch' WHERE id = $1`, [
      paused,
    ]);
    const boss = await supervisor();
    await begin(api, queue);
    const before = await look(boss);
    expect(before.queues.find(({ id }) => id === queue)).toMatchObject({
      ...{ delivery: 'auto', open: true, nextChangeAt: null, nextStepAt: null, alerted: 0 },
      ...{ members: 2, loggedIn: 2, available: 1 },
      ...{ waiting: 0, offered: 0, assigned: 1, snoozed: 0, longestSince: null },
    });
    const states = { onCall: false, absent: false, offered: 0, queueIds: [queue], role: 'agent' };
    expect(before.agents.find(({ id }) => id === agent)).toMatchObject({
      ...{ ...states, state: 'available', usedUnits: 25, maxUnits: 50, held: 1, room: 1 },
    });
    expect(before.agents.find(({ id }) => id === paused)).toMatchObject({
      ...{ ...states, state: 'paused', pauseReason: 'lunch', usedUnits: 0, held: 0, room: 0 },
    });
    expect(before.agents.every((row) => !('overrides' in row))).toBe(true);

    await begin(api, queue);
    const waiting = await begin(api, queue);
    await api.db.query('UPDATE conversation SET alerted_at = app_now() WHERE id = $1', [
      waiting.id,
    ]);
    const { queues, at } = await look(boss);
    const now = queues.find(({ id }) => id === queue) as Row & { longestSince: string };
    expect(now).toMatchObject({ waiting: 1, assigned: 2, alerted: 1 });
    expect(Date.parse(now.longestSince)).toBeLessThanOrEqual(Date.parse(at));
  });

  it('shows who oversees some queues these and their agents, and nobody else', async () => {
    const [mine, other] = [await makeQueue(api.db), await makeQueue(api.db)];
    const [here, there] = [
      await makeAgent(api.db, [mine, other]),
      await makeAgent(api.db, [other]),
    ];
    const bound = await look(await supervisor([mine]));
    expect(bound.queues.map(({ id }) => id)).toEqual([mine]);
    expect(bound.agents.map(({ id }) => id)).toContain(here);
    expect(bound.agents.map(({ id }) => id)).not.toContain(there);
    const free = await look(await supervisor());
    expect(free.queues.map(({ id }) => id)).toEqual(expect.arrayContaining([mine, other]));
    expect(free.agents.map(({ id }) => id)).toEqual(expect.arrayContaining([here, there]));
  });

  it('leaves out what is archived, and lists somebody without a queue only while logged in', async () => {
    const queue = await makeQueue(api.db);
    const [alone, gone] = [await makeAgent(api.db, []), await makeAgent(api.db, [], { in: false })];
    const name = `Archived ${newId()}`;
    await api.db.query('UPDATE queue SET archived_at = now(), name = $2 WHERE id = $1', [
      queue,
      name,
    ]);
    const seen = await look(await supervisor());
    expect(seen.queues.map(({ id }) => id)).not.toContain(queue);
    expect(seen.agents.map(({ id }) => id)).toContain(alone);
    expect(seen.agents.map(({ id }) => id)).not.toContain(gone);
  });

  it('is for supervisors', async () => {
    const agent = await api.tokenFor(await makeAgent(api.db, []));
    await api.call('get', '/supervision', agent).expect(403);
  });
});
