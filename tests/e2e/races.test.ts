import { AppError } from '../../core/errors';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

const rest = (): Promise<true> =>
  until('no command waits', async () => {
    const left = await world.db.query('SELECT 1 FROM command WHERE outcome IS NULL');
    return left.length === 0 || null;
  });

it.each(['solve', 'close'] as const)(
  'an agent’s %s and a customer’s message at the same instant never leave the message unread',
  async (name) => {
    const queue = await makeQueue(world.db);
    const channel = await makeChannel(world.db, queue);
    for (let i = 0; i < 15; i++) {
      const agent = await makeAgent(world.db, [queue]);
      const customer = await makeCustomer(world.db, channel);
      const write = (n: number) =>
        world.done(
          receiveMessage(world.db, { ...customer, externalId: `${i}/${n}`, text: 'hello' }),
        );
      const { conversationId: id } = await write(0);
      const owner =
        (
          await world.db.query<{ owner_id: string }>(
            'SELECT owner_id FROM conversation WHERE id = $1',
            [id],
          )
        )[0]?.owner_id ?? agent;
      const wish = {
        conversationId: id,
        name,
        args: {},
        giver: { kind: 'agent' as const, id: owner },
        key: `k${i}`,
        afterSeq: 1,
      };
      const [given, received] = await Promise.all([
        world.done(giveCommand(world.db, wish)).catch((e: unknown) => e as AppError),
        write(1),
      ]);
      await rest();
      // Where the message lies now, somebody has it before their eyes: its conversation is open.
      const found = await world.db.query<{ status: string; conversation_id: string }>(
        `SELECT c.status, m.conversation_id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = $1`,
        [received.messageId],
      );
      expect(found[0]?.status).toBe('open');
      if (given instanceof AppError) expect(given.code).toBe('MESSAGE_UNSEEN');
      const live = await world.db.query(
        `SELECT 1 FROM conversation WHERE identity_id = $1 AND status <> 'closed'`,
        [customer.identityId],
      );
      expect(live).toHaveLength(1);
    }
    expect(world.reported).toEqual([]);
  },
  60_000,
);
