import { Client } from 'pg';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { conversationWorkflowId } from '../../workflows/ids';
import { postgresUrl } from '../support/engines';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

it('waits for a Postgres that is away without filling its history, then goes on', async () => {
  const database = new URL(world.url).pathname.slice(1);
  const queue = await makeQueue(world.db);
  const agent = await makeAgent(world.db, [queue]);
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  const { conversationId: id } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
  );
  const handle = world.client.workflow.getHandle(conversationWorkflowId(id));
  await until('it rests', async () => (await handle.describe()).historyLength === 7);
  const wish = {
    conversationId: id,
    name: 'solve' as const,
    args: {},
    giver: { kind: 'agent' as const, id: agent },
    key: 's',
  };
  // Committed, but Postgres goes before anybody is told.
  await giveCommand(world.db, wish);
  await asSuperuser(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
  await asSuperuser(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
  );
  await handle.signal('check');
  // Local attempts are given up after some seconds; from then on the server retries, and history stands still.
  const patient = await until(
    'the normal activity has been scheduled',
    async () => {
      const { pendingActivities } = (await handle.describe()).raw;
      return (pendingActivities?.[0]?.attempt ?? 0) >= 2 ? pendingActivities : null;
    },
    30_000,
  );
  expect(patient[0]?.activityType?.name).toBe('load');
  expect((await handle.describe()).historyLength).toBeLessThan(20);
  await asSuperuser(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
  await until(
    'it is solved',
    async () => {
      const rows = await world.db.query<{ status: string }>(
        'SELECT status FROM conversation WHERE id = $1',
        [id],
      );
      return rows[0]?.status === 'solved';
    },
    30_000,
  );
}, 60_000);
