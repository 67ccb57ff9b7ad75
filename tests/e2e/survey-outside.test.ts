import { giveCommand } from '../../db/conversation/give-command';
import { newId } from '../../db/ids';
import { receiveMessage } from '../../db/messages/receive-message';
import { conversationWorkflowId } from '../../workflows/ids';
import { startFakeReceiver, type FakeReceiver } from '../support/fake-receiver';
import { makeOpenConversation } from '../support/open-channel';
import { createWorld, until, type World } from '../support/world';

const KEY = Buffer.from('key of the customer');

let world: World;
let receiver: FakeReceiver;
beforeAll(async () => {
  world = await createWorld();
  receiver = await startFakeReceiver(KEY);
  await world.startWorker(['open']);
});
afterAll(async () => {
  await receiver.close();
  await world.close();
});

/** A conversation outside, in a queue that asks for a rating. */
async function begin() {
  const conversation = await makeOpenConversation(world.db, {
    replyUrl: receiver.url,
    key: KEY,
    secret: world.sending.secret,
    done: (effects) => world.afterCommit.run(effects),
  });
  const id = conversation.conversationId;
  const survey = { enabled: true, question: 'How was it?', thanks: 'Thank you.' };
  await world.db.query(
    `UPDATE queue SET settings = $2 WHERE id = (SELECT queue_id FROM conversation WHERE id = $1)`,
    [id, JSON.stringify({ survey })],
  );
  const row = async () =>
    (
      await world.db.query<{
        status: string;
        survey: string;
        identity_id: string;
        queue_id: string;
      }>('SELECT status, survey, identity_id, queue_id FROM conversation WHERE id = $1', [id])
    )[0];
  const write = async (text: string) => {
    const found = await row();
    const channel = {
      id: conversation.channelId,
      kind: 'open',
      queueId: found?.queue_id ?? '',
      chatLike: true,
      windowMode: 'none' as const,
    };
    const identityId = found?.identity_id ?? '';
    await world.done(
      receiveMessage(world.db, { channel, identityId, contactId: null, externalId: newId(), text }),
    );
  };
  const solve = () =>
    world.done(
      giveCommand(world.db, {
        conversationId: id,
        name: 'solve',
        args: {},
        giver: { kind: 'agent', id: conversation.agentId },
        key: newId(),
      }),
    );
  const said = () => receiver.taken.filter((t) => t.conversationId === id).map((t) => t.text);
  return { id, row, write, solve, said };
}

it('a customer outside is asked by a message, and a typed rating answers', async () => {
  const c = await begin();
  await c.solve();
  await until('the question was sent', async () => c.said().includes('How was it?'));
  await c.write('8 - quick and kind');
  expect(await world.client.workflow.getHandle(conversationWorkflowId(c.id)).result()).toBe(
    'closed',
  );
  expect(await c.row()).toMatchObject({ status: 'closed', survey: 'answered' });
  const answers = await world.db.query(
    'SELECT rating, comment FROM survey_answer WHERE conversation_id = $1',
    [c.id],
  );
  expect(answers).toEqual([{ rating: 8, comment: 'quick and kind' }]);
  await until('the customer was thanked', async () => c.said().includes('Thank you.'));
});

it('another answer opens the conversation again, unrated', async () => {
  const c = await begin();
  await c.solve();
  await until('the question was sent', async () => c.said().includes('How was it?'));
  await c.write('But my parcel is still missing');
  await until('it is open', async () => (await c.row())?.status === 'open');
  expect(await c.row()).toMatchObject({ survey: 'ended' });
});

it('a question that cannot be sent ends the survey, and the conversation stays solved', async () => {
  const c = await begin();
  receiver.answer(410);
  await c.solve();
  await until('the timeline says so', async () => {
    const sql = `SELECT 1 FROM conversation_event WHERE conversation_id = $1 AND kind = 'surveyUnsendable'`;
    return (await world.db.query(sql, [c.id])).length === 1;
  });
  expect(await c.row()).toMatchObject({ status: 'solved', survey: 'none' });
});
