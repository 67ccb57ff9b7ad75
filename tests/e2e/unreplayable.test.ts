import { NativeConnection, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { CONVERSATION_TASK_QUEUE, conversationWorkflowId } from '../../workflows/ids';
import { temporalAddress } from '../support/engines';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Leaves a history behind that our own workflow cannot go on from. */
async function runAnother(workflowId: string): Promise<void> {
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  const worker = await Worker.create({
    connection,
    namespace: world.namespace,
    taskQueue: CONVERSATION_TASK_QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: require.resolve('../support/another-conversation'),
    }),
  });
  await worker.runUntil(
    until('it sleeps', async () => {
      const { events } = await world.client.workflow.getHandle(workflowId).fetchHistory();
      return events?.some((event) => event.timerStartedEventAttributes) ?? null;
    }),
  );
  await connection.close();
}

test('a run that cannot be replayed ends, and a new one goes on from what is stored', async () => {
  const queue = await makeQueue(world.db);
  const agentId = await makeAgent(world.db, [queue]);
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  const { conversationId: id } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: '1', text: 'hello' }),
  );
  await runAnother(conversationWorkflowId(id));
  await world.startWorker();
  const giver = { kind: 'agent' as const, id: agentId };
  const wish = { conversationId: id, name: 'close' as const, args: {}, giver, key: 'close' };
  await world.done(giveCommand(world.db, wish));
  await until('the command is decided', async () => {
    const rows = await world.db.query<{ outcome: string }>(
      `SELECT outcome FROM command WHERE conversation_id = $1 AND outcome = 'applied'`,
      [id],
    );
    // What the relay does every two seconds.
    if (!rows[0]) await world.doorbell.ring({ conversationId: id, signal: 'check' });
    return rows[0] ?? null;
  });
  const handle = world.client.workflow.getHandle(conversationWorkflowId(id));
  await expect(handle.result()).resolves.toBe('closed');
});
