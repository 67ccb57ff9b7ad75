import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { createActivities } from '../../activities';
import { conversationWorkflowId } from '../../workflows/ids';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('reconcile brings every live conversation back on a Temporal that has lost everything', async () => {
  const queue = await makeQueue(world.db, { settings: { confirmMs: 3000 } });
  const channel = await makeChannel(world.db, queue);
  const agent = await makeAgent(world.db, [queue], { maxUnits: 10_000 });
  const ids: string[] = [];
  for (let i = 0; i < 25; i++) {
    const customer = await makeCustomer(world.db, channel);
    // Nobody rings: this Temporal has never heard of them.
    const { value } = await receiveMessage(world.db, {
      ...customer,
      externalId: `m${i}`,
      text: 'hello',
    });
    await world.afterCommit.serve([]);
    ids.push(value.conversationId);
  }
  const agentRow = { giver: { kind: 'supervisor' as const, id: agent }, args: {} };
  await giveCommand(world.db, {
    conversationId: ids[0] as string,
    name: 'solve',
    key: 's',
    ...agentRow,
  });
  await world.startWorker();
  const activities = createActivities({ ...world, temporal: world.client });
  const page = await activities.reconcilePage(null);
  expect(page).toEqual({ conversations: 25, deliveries: 0, next: null });
  await until('every conversation is loaded', async () => {
    const left = await world.db.query('SELECT 1 FROM conversation WHERE loaded_version <> version');
    return left.length === 0;
  });
  // The timer that ran is running again: solved, it closes by itself.
  expect(
    await world.client.workflow.getHandle(conversationWorkflowId(ids[0] as string)).result(),
  ).toBe('closed');
  const handle = world.client.workflow.getHandle(conversationWorkflowId(ids[1] as string));
  const before = (await handle.describe()).historyLength;
  await activities.reconcilePage(null);
  expect((await handle.describe()).historyLength).toBe(before);
});

it('the workflow reconcile goes through all pages, and its schedule is there once', async () => {
  await world.client.workflow.execute('reconcile', {
    workflowId: 'reconcile',
    taskQueue: 'conversation',
    args: [],
  });
  const schedules: string[] = [];
  for await (const schedule of world.client.schedule.list()) schedules.push(schedule.scheduleId);
  expect(schedules).toEqual(['reconcile-hourly']);
});
