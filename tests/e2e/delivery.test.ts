import { deliveryWorkflowId } from '../../workflows/ids';
import { startFakeReceiver, type FakeReceiver } from '../support/fake-receiver';
import { makeOpenConversation, type OpenConversation } from '../support/open-channel';
import { createWorld, until, type World } from '../support/world';

const KEY = Buffer.from('key of the customer');

let world: World;
let receiver: FakeReceiver;
beforeAll(async () => {
  world = await createWorld();
  receiver = await startFakeReceiver(KEY);
});
afterAll(async () => {
  await receiver.close();
  await world.close();
});

const begin = (): Promise<OpenConversation> =>
  makeOpenConversation(world.db, {
    replyUrl: receiver.url,
    key: KEY,
    secret: world.sending.secret,
    done: (effects) => world.afterCommit.run(effects),
  });

const handleOf = ({ conversationId }: OpenConversation) =>
  world.client.workflow.getHandle(deliveryWorkflowId(conversationId));

const deliveryOf = async (id: string): Promise<string | undefined> =>
  (
    await world.db.query<{ delivery: string }>('SELECT delivery FROM message WHERE id = $1', [id])
  )[0]?.delivery;

const textsTo = (text: string): string[] =>
  receiver.taken.filter((taken) => taken.text.startsWith(text)).map((taken) => taken.text);

it('keeps messages until a worker comes, then sends a burst of them with 12 events in all', async () => {
  const conversation = await begin();
  await conversation.reply('burst 1');
  for (const i of [2, 3]) await conversation.reply(`burst ${i}`);
  expect(textsTo('burst')).toEqual([]);
  await world.startWorker(['open']);
  await handleOf(conversation).result();
  expect(textsTo('burst')).toEqual(['burst 1', 'burst 2', 'burst 3']);
  const history = await handleOf(conversation).fetchHistory();
  expect(history.events?.length).toBe(12);
});

it('sends a single reply with 12 events, and the next one by a new run', async () => {
  const conversation = await begin();
  const first = await conversation.reply('single 1');
  await until('it is sent', async () => (await deliveryOf(first)) === 'sent');
  await handleOf(conversation).result();
  expect((await handleOf(conversation).fetchHistory()).events?.length).toBe(12);
  const second = await conversation.reply('single 2');
  await until('it is sent', async () => (await deliveryOf(second)) === 'sent');
  expect(textsTo('single')).toEqual(['single 1', 'single 2']);
});

it('tries again by its own timer, in order, without a ring', async () => {
  const conversation = await begin();
  receiver.answer(503);
  const first = await conversation.reply('again 1');
  await until('the first attempt is over', async () => (await deliveryOf(first)) === 'pending');
  const second = await conversation.reply('again 2');
  await handleOf(conversation).result();
  expect(await deliveryOf(first)).toBe('sent');
  expect(await deliveryOf(second)).toBe('sent');
  expect(textsTo('again')).toEqual(['again 1', 'again 2']);
  expect(receiver.calls.filter((id) => id === first)).toHaveLength(2);
});

it('leaves no text and no name in Temporal', async () => {
  const conversation = await begin();
  const id = await conversation.reply('a secret of the customer');
  await until('it is sent', async () => (await deliveryOf(id)) === 'sent');
  await handleOf(conversation).result();
  const history = JSON.stringify(await handleOf(conversation).fetchHistory());
  const words = [
    'secret of the customer',
    Buffer.from('secret of the customer').toString('base64'),
  ];
  for (const word of words) expect(history).not.toContain(word);
});

it('does nothing wrong behind the scenes', () => {
  expect(receiver.faults).toEqual([]);
  expect(world.reported).toEqual([]);
});
