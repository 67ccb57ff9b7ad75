import { receiveMessage } from '../../db/messages/receive-message';
import { setPriority } from '../../db/routing/set-priority';
import { conversationWorkflowId } from '../../workflows/ids';
import { PRIORITY } from '../../workflows/search-attributes';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

it('a priority that a supervisor sets is what operators search by', async () => {
  const queue = await makeQueue(world.db, { delivery: 'manual' });
  const boss = { id: await makeAgent(world.db, []), role: 'supervisor' as const };
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  const { conversationId: id } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
  );
  const handle = world.client.workflow.getHandle(conversationWorkflowId(id));
  const shown = async (): Promise<unknown> =>
    (await handle.describe()).typedSearchAttributes.get(PRIORITY);
  await until('it is shown without one', async () => (await shown()) === 0);
  await world.done(setPriority(world.db, boss, id, 8));
  await until('it is shown with it', async () => (await shown()) === 8);
  expect(world.reported).toEqual([]);
});
