import type { CommandName } from '../../core/conversation/types';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { conversationWorkflowId } from '../../workflows/ids';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

it('a conversation continues as new after 1,000 events, and no command is lost on the way', async () => {
  const queue = await makeQueue(world.db);
  const agent = await makeAgent(world.db, [queue]);
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  const { conversationId: id } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
  );
  const handle = world.client.workflow.getHandle(conversationWorkflowId(id));
  const { runId } = await handle.describe();
  let keys = 0;
  const give = async (name: CommandName, status: string): Promise<void> => {
    const wish = {
      conversationId: id,
      name,
      args: {},
      giver: { kind: 'agent' as const, id: agent },
      key: `k${++keys}`,
    };
    await world.done(giveCommand(world.db, wish));
    await until(`${name} has an outcome`, async () => {
      const rows = await world.db.query<{ status: string }>(
        'SELECT status FROM conversation WHERE id = $1',
        [id],
      );
      return rows[0]?.status === status;
    });
  };
  for (let i = 0; i < 75; i++) {
    await give('setWaiting', 'waiting');
    await give('resume', 'open');
  }
  expect((await handle.describe()).runId).not.toBe(runId);
  // A hand-sent signal in the new run must not get a key that the old run has used.
  await handle.signal('release');
  await until('it was released and handed out anew', async () => {
    const rows = await world.db.query(
      `SELECT 1 FROM conversation c JOIN conversation_event e ON e.conversation_id = c.id
        WHERE c.id = $1 AND e.kind = 'released' AND c.owner_id = $2`,
      [id, agent],
    );
    return rows.length === 1;
  });
  await give('close', 'closed');
  const refused = await world.db.query(
    `SELECT 1 FROM command WHERE conversation_id = $1 AND outcome IS DISTINCT FROM 'applied'`,
    [id],
  );
  expect(refused).toEqual([]);
  expect(world.reported).toEqual([]);
}, 90_000);
