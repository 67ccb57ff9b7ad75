import { receiveMessage } from '../../db/messages/receive-message';
import { conversationWorkflowId } from '../../workflows/ids';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { temporalCli } from '../support/temporal-cli';
import { createWorld, until, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker();
});
afterAll(() => world.close());

it('a conversation is led to its end by signals of the temporal command only', async () => {
  const queue = await makeQueue(world.db, {
    delivery: 'manual',
    settings: { survey: { enabled: true } },
  });
  const agent = await makeAgent(world.db, [queue]);
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  const { conversationId: id } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: 'm', text: 'hello' }),
  );
  const temporal = await temporalCli(world.namespace);
  const workflow = ['--workflow-id', conversationWorkflowId(id)];
  const signal = (name: string, input?: object): Promise<string> =>
    temporal(
      'workflow',
      'signal',
      ...workflow,
      '--name',
      name,
      ...(input ? ['--input', JSON.stringify(input)] : []),
    );
  const becomes = (expected: object): Promise<unknown> =>
    until(`the row becomes ${JSON.stringify(expected)}`, async () => {
      const rows = await world.db.query<{ c: Record<string, unknown> }>(
        'SELECT to_json(c) AS c FROM conversation c WHERE id = $1',
        [id],
      );
      return Object.entries(expected).every(([name, value]) => rows[0]?.c[name] === value);
    });

  await signal('assignTo', { agentId: agent });
  await becomes({ status: 'open', placement: 'assigned', owner_id: agent });
  await signal('setWaiting', { until: Date.now() + 3_600_000 });
  await becomes({ status: 'waiting' });
  await signal('resume');
  await becomes({ status: 'open', owner_id: agent });
  await signal('solve');
  await becomes({ status: 'solved', survey: 'running' });
  const asked = await temporal('workflow', 'query', ...workflow, '--type', 'getState');
  expect(asked).toContain('"survey":"running"');
  // Not in a state that allows it: refused with a line in the timeline, and nothing else happens.
  await signal('setWaiting');
  await signal('surveyAnswered', { rating: 9 });
  await becomes({ status: 'closed', survey: 'answered' });

  expect(await temporal('workflow', 'result', ...workflow)).toContain('"closed"');
  const ratings = await world.db.query(
    'SELECT rating FROM survey_answer WHERE conversation_id = $1',
    [id],
  );
  expect(ratings).toEqual([{ rating: 9 }]);
  const refused = await world.db.query<{ data: object }>(
    `SELECT data FROM conversation_event WHERE conversation_id = $1 AND kind = 'signalRefused'`,
    [id],
  );
  expect(refused.map((r) => r.data)).toEqual([
    { name: 'setWaiting', code: 'CONVERSATION_IN_SURVEY' },
  ]);
  expect(world.reported).toEqual([]);
}, 60_000);
