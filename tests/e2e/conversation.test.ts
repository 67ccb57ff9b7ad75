import { acceptOffer } from '../../db/routing/claim';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { conversationWorkflowId } from '../../workflows/ids';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

const row = async (id: string) =>
  (
    await world.db.query<{
      status: string;
      placement: string | null;
      owner_id: string | null;
      survey: string;
    }>('SELECT status, placement, owner_id, survey FROM conversation WHERE id = $1', [id])
  )[0];
const events = async (id: string) => {
  const history = await world.client.workflow.getHandle(conversationWorkflowId(id)).fetchHistory();
  return history.events?.length ?? 0;
};

describe('a live chat of 20 messages, rated and closed', () => {
  for (const { delivery, most } of [
    { delivery: 'auto' as const, most: 24 },
    { delivery: 'offer' as const, most: 32 },
  ]) {
    it(`by ${delivery} costs at most ${most} history events`, async () => {
      const queue = await makeQueue(world.db, {
        delivery,
        settings: { survey: { enabled: true } },
      });
      const agent = await makeAgent(world.db, [queue]);
      const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
      const first = await world.done(
        receiveMessage(world.db, { ...customer, externalId: 'm0', text: 'hello' }),
      );
      const id = first.conversationId;
      await until('the workflow runs', async () => (await events(id)) >= 7);
      if (delivery === 'offer') await world.done(acceptOffer(world.db, id, agent, 'accept-1'));
      expect(await row(id)).toMatchObject({ placement: 'assigned', owner_id: agent });
      for (let i = 1; i < 20; i++) {
        if (i % 2) {
          await world.done(
            sendMessage(world.db, {
              conversationId: id,
              agentId: agent,
              text: 'yes',
              fileIds: [],
              note: false,
              humanTag: false,
              key: `r${i}`,
            }),
          );
        } else
          await world.done(
            receiveMessage(world.db, { ...customer, externalId: `m${i}`, text: 'and' }),
          );
      }
      await world.done(
        giveCommand(world.db, {
          conversationId: id,
          name: 'solve',
          args: {},
          giver: { kind: 'agent', id: agent },
          key: 's',
        }),
      );
      await until('the survey runs', async () => (await row(id))?.survey === 'running');
      await world.done(
        giveCommand(world.db, {
          conversationId: id,
          name: 'surveyAnswered',
          args: { rating: 9 },
          giver: { kind: 'customer' },
          key: 'a',
        }),
      );
      expect(await world.client.workflow.getHandle(conversationWorkflowId(id)).result()).toBe(
        'closed',
      );
      expect(await row(id)).toMatchObject({
        status: 'closed',
        placement: null,
        owner_id: null,
        survey: 'answered',
      });
      expect(await events(id)).toBeLessThanOrEqual(most);
      expect(world.reported).toEqual([]);
    });
  }
});
