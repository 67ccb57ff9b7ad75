/** The lives whose histories are kept: between them they walk every way that a workflow's code has. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { CommandArgs, CommandName, Giver } from '../../core/conversation/types';
import type { QueueSettings } from '../../core/routing/policy';
import { acceptOffer } from '../../db/routing/claim';
import { giveCommand } from '../../db/conversation/give-command';
import { newId } from '../../db/ids';
import { loadConversation } from '../../db/conversation/load';
import { receiveMessage } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { newSigningSecret, sealSecrets } from '../../platform/channel-secrets';
import {
  CONVERSATION_TASK_QUEUE,
  conversationWorkflowId,
  deliveryWorkflowId,
} from '../../workflows/ids';
import {
  CONVERSATION_WORKFLOW,
  HOURS_WORKFLOW,
  RECONCILE_WORKFLOW,
} from '../../workflows/messages';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { until, type World } from '../support/world';

/** Plays a life to its end and says which workflow lived it. */
type Scenario = (world: World) => Promise<string>;

interface Actors {
  readonly id: string;
  readonly queue: string;
  readonly agents: readonly string[];
  readonly say: (text: string) => Promise<void>;
  readonly give: (name: CommandName, giver?: Giver, args?: CommandArgs) => Promise<void>;
  readonly becomes: (expected: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Waits for the end and answers with the workflow's id. */
  readonly end: () => Promise<string>;
}

const SUPERVISOR: Giver = { kind: 'supervisor', id: null };

async function begin(
  world: World,
  delivery: 'auto' | 'offer' | 'manual',
  settings: QueueSettings,
  options: { agents?: number; rung?: boolean } = {},
): Promise<Actors> {
  const queue = await makeQueue(world.db, { delivery, settings });
  const agents: string[] = [];
  for (let i = 0; i < (options.agents ?? 1); i++) agents.push(await makeAgent(world.db, [queue]));
  const customer = await makeCustomer(world.db, await makeChannel(world.db, queue));
  let messages = 0;
  const receive = () =>
    receiveMessage(world.db, { ...customer, externalId: `m${++messages}`, text: 'words' });
  const first = await receive();
  const id = first.value.conversationId;
  if (options.rung ?? true) await world.afterCommit.run(first.effects);
  else await world.afterCommit.serve(first.effects.handOuts);
  let keys = 0;
  return {
    id,
    queue,
    agents,
    say: async () => void (await world.done(receive())),
    give: async (name, giver = SUPERVISOR, args = {}) =>
      void (await world.done(
        giveCommand(world.db, { conversationId: id, name, giver, args, key: `k${++keys}` }),
      )),
    becomes: (expected) =>
      until(`${id} becomes ${JSON.stringify(expected)}`, async () => {
        const rows = await world.db.query<{ c: Record<string, unknown>; pending: boolean }>(
          `SELECT to_json(c) AS c, c.claim_no > c.seen_claim_no OR c.version > c.loaded_version AS pending
             FROM conversation c WHERE id = $1`,
          [id],
        );
        const [row] = rows;
        // Only once the workflow has seen it, so that a life always has the same steps.
        if (!row || row.pending) return false;
        return Object.entries(expected).every(([name, value]) => row.c[name] === value);
      }),
    end: async () => {
      const workflowId = conversationWorkflowId(id);
      await world.client.workflow.getHandle(workflowId).result();
      return workflowId;
    },
  };
}

const byAgent = (id: string | undefined): Giver => ({ kind: 'agent', id: id ?? null });

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'conversation-rated': async (world) => {
    const { id, agents, give, becomes, end } = await begin(world, 'auto', {
      survey: { enabled: true },
    });
    await becomes({ placement: 'assigned' });
    const reply = { text: 'words', fileIds: [], note: false, humanTag: false, key: 'r' };
    await world.done(
      sendMessage(world.db, { conversationId: id, agentId: agents[0] ?? '', ...reply }),
    );
    await give('solve', byAgent(agents[0]));
    await becomes({ survey: 'running' });
    await give('surveyAnswered', { kind: 'customer' }, { rating: 9 });
    return end();
  },
  'conversation-offered-and-lapsed': async (world) => {
    const { id, agents, give, becomes, end } = await begin(world, 'offer', {
      offerMs: 300,
      roundPauseMs: 300,
      missedOffersToPause: 0,
    });
    await becomes({ placement: 'offered', claim_no: 1 });
    await becomes({ placement: 'queued', claim_no: 2 });
    await becomes({ placement: 'offered', claim_no: 3 });
    await world.done(acceptOffer(world.db, id, agents[0] ?? '', 'accept'));
    await becomes({ placement: 'assigned' });
    await give('close', byAgent(agents[0]));
    return end();
  },
  'conversation-transferred': async (world) => {
    const { agents, give, becomes, end } = await begin(world, 'auto', {}, { agents: 2 });
    await becomes({ placement: 'assigned' });
    const other = await makeQueue(world.db, { delivery: 'auto' });
    const colleague = await makeAgent(world.db, [other]);
    await give('transferToQueue', SUPERVISOR, { queueId: other });
    await becomes({ queue_id: other, owner_id: colleague });
    await give('transferToAgent', byAgent(colleague), { agentId: agents[0] ?? '' });
    await becomes({ owner_id: agents[0] });
    await give('assignTo', SUPERVISOR, { agentId: agents[1] ?? '' });
    await becomes({ owner_id: agents[1] });
    await give('release');
    await becomes({ owner_id: colleague });
    await give('close');
    return end();
  },
  'conversation-waiting-and-resumed': async (world) => {
    const { agents, say, give, becomes, end } = await begin(world, 'auto', { waitingMs: 500 });
    await becomes({ placement: 'assigned' });
    await give('setWaiting', byAgent(agents[0]));
    await becomes({ status: 'waiting' });
    await becomes({ status: 'open' });
    await give('setWaiting', byAgent(agents[0]), { until: Date.now() + 3_600_000 });
    await becomes({ status: 'waiting' });
    await say('words');
    await becomes({ status: 'open' });
    await give('close');
    return end();
  },
  'conversation-reopened-and-confirmed': async (world) => {
    const { agents, say, give, becomes, end } = await begin(world, 'auto', { confirmMs: 1500 });
    await becomes({ placement: 'assigned' });
    await give('solve', byAgent(agents[0]));
    await becomes({ status: 'solved' });
    await say('words');
    await becomes({ status: 'open' });
    await give('solve', byAgent(agents[0]));
    return end();
  },
  'conversation-by-hand': async (world) => {
    const { id, agents, becomes, end } = await begin(world, 'manual', {});
    await becomes({ placement: 'queued' });
    const workflow = world.client.workflow.getHandle(conversationWorkflowId(id));
    await workflow.signal('resume');
    await workflow.signal('nobodyKnowsThis');
    await workflow.signal('assignTo', { agentId: agents[0] });
    await becomes({ placement: 'assigned' });
    await workflow.signal('check');
    await workflow.signal('close');
    return end();
  },
  // What a run begins with after continue-as-new, without the thousand events before it.
  'conversation-continued': async (world) => {
    const { id, agents, give, becomes, end } = await begin(world, 'auto', {}, { rung: false });
    const loaded = await loadConversation(world.db, id, []);
    await world.client.workflow.start(CONVERSATION_WORKFLOW, {
      workflowId: conversationWorkflowId(id),
      taskQueue: CONVERSATION_TASK_QUEUE,
      args: [{ v: 1, id, carried: { loaded, rowless: 2 } }],
    });
    await give('setWaiting', byAgent(agents[0]));
    await becomes({ status: 'waiting' });
    await world.client.workflow.getHandle(conversationWorkflowId(id)).signal('resume');
    await becomes({ status: 'open' });
    await give('close');
    return end();
  },
  'delivery-tried-again': async (world) => {
    let calls = 0;
    const receiver = createServer((request, response) => {
      request.resume();
      response.writeHead(++calls === 1 ? 503 : 200).end();
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    try {
      return await deliver(world, (receiver.address() as { port: number }).port);
    } finally {
      receiver.close();
    }
  },
  reconcile: async (world) => {
    await begin(world, 'manual', {}, { rung: false });
    const workflowId = 'reconcile-recorded';
    const taskQueue = CONVERSATION_TASK_QUEUE;
    await world.client.workflow.execute(RECONCILE_WORKFLOW, { workflowId, taskQueue, args: [] });
    return workflowId;
  },
  'queue-hours': async (world) => {
    const calendarId = newId();
    const intervals = [{ weekday: 1, from: '08:00', to: '18:00' }];
    await world.db.query(
      `INSERT INTO calendar (id, name, zone, intervals) VALUES ($1, $2, 'UTC', $3)`,
      [calendarId, calendarId, JSON.stringify(intervals)],
    );
    const workflowId = 'queue-hours-recorded';
    const taskQueue = CONVERSATION_TASK_QUEUE;
    await world.client.workflow.execute(HOURS_WORKFLOW, {
      ...{ workflowId, taskQueue },
      args: [calendarId],
    });
    return workflowId;
  },
};

async function deliver(world: World, port: number): Promise<string> {
  const queue = await makeQueue(world.db);
  const agentId = await makeAgent(world.db, [queue]);
  const channel = await makeChannel(world.db, queue, 'open');
  const settings = { replyUrl: `http://127.0.0.1:${port}/` };
  const sealed = sealSecrets(world.sending.secret, [newSigningSecret()]);
  await world.db.query('UPDATE channel SET settings = $2, sealed = $3 WHERE id = $1', [
    channel.id,
    JSON.stringify(settings),
    sealed,
  ]);
  const customer = await makeCustomer(world.db, channel);
  const { conversationId } = await world.done(
    receiveMessage(world.db, { ...customer, externalId: 'm', text: 'words' }),
  );
  const reply = { conversationId, agentId, fileIds: [], note: false, humanTag: false };
  await world.done(sendMessage(world.db, { ...reply, text: 'one', key: 'r1' }));
  const workflowId = deliveryWorkflowId(conversationId);
  await world.client.workflow.getHandle(workflowId).result();
  return workflowId;
}
