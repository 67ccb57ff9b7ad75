import { acceptOffer, takeConversation } from '../db/routing/claim';
import { giveCommand } from '../db/conversation/give-command';
import { agentLoggedIn } from '../db/agents/presence';
import { receiveMessage } from '../db/messages/receive-message';
import type { QueueSettings } from '../core/routing/policy';
import type { CommandArgs, CommandName, Giver } from '../core/conversation/types';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../tests/support/people';
import { createSkippedTime, type SkippedTime } from '../tests/support/skipped-time';
import { describeWithTimeSkipping } from '../tests/support/time-skipping';
import { until } from '../tests/support/world';
import { conversationWorkflowId } from './ids';

interface Row {
  status: string;
  placement: string | null;
  owner_id: string | null;
  survey: string;
  excluded: string[];
  closed_by: string | null;
  claim_no: number;
  queued_since: Date | null;
}

describeWithTimeSkipping('a conversation in its real durations', () => {
  let time: SkippedTime;
  let keys = 0;
  beforeAll(async () => {
    time = await createSkippedTime();
  });
  afterAll(() => time.close());

  const row = async (id: string): Promise<Row> =>
    (await time.rows<Row>('SELECT * FROM conversation WHERE id = $1', [id]))[0] as Row;
  const becomes = (id: string, expected: Partial<Row>): Promise<true> =>
    until(`the row becomes ${JSON.stringify(expected)}`, async () => {
      const found = await row(id);
      return Object.entries(expected).every(([k, v]) => found[k as keyof Row] === v) || null;
    });
  const give = (
    id: string,
    name: CommandName,
    giver: Giver,
    args: CommandArgs = {},
  ): Promise<unknown> =>
    time.done(() =>
      giveCommand(time.db, { conversationId: id, name, giver, args, key: `k${++keys}` }),
    );
  const pass = (ms: number): Promise<void> => time.env.sleep(ms);
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  async function begin(
    delivery: 'auto' | 'offer' | 'manual',
    agents: number,
    options: { settings?: QueueSettings; kind?: 'live-chat' | 'open' } = {},
  ) {
    const queue = await makeQueue(time.db, { delivery, settings: options.settings ?? {} });
    const ids: string[] = [];
    for (let i = 0; i < agents; i++) ids.push(await makeAgent(time.db, [queue]));
    const customer = await makeCustomer(time.db, await makeChannel(time.db, queue, options.kind));
    const say = (text: string) =>
      time.done(() => receiveMessage(time.db, { ...customer, externalId: `m${++keys}`, text }));
    const { conversationId: id } = await say('hello');
    return { queue, agents: ids, id, say };
  }
  const missed = async (id: string) =>
    (
      await time.rows<{ kind: string }>(
        `SELECT kind FROM conversation_event WHERE conversation_id = $1 AND kind = 'offerMissed'`,
        [id],
      )
    ).length;

  it('passes an unanswered offer on after 20 s, and pauses who misses two', async () => {
    const { id, agents } = await begin('offer', 2);
    const first = (await row(id)).owner_id;
    expect(agents).toContain(first);
    // Real time passes too, so a slow machine needs some seconds to spare.
    await pass(10_000);
    expect((await row(id)).owner_id).toBe(first);
    await pass(11_000);
    const second = agents.find((a) => a !== first) as string;
    await becomes(id, { placement: 'offered', owner_id: second });
    expect((await row(id)).excluded).toEqual([first]);
    // Both have missed one: 10 s after the round the next one begins, and who misses the second is paused.
    await pass(21_000);
    await becomes(id, { placement: 'queued', owner_id: null });
    await pass(11_000);
    await becomes(id, { placement: 'offered' });
    const third = (await row(id)).owner_id;
    await pass(21_000);
    await until('three offers were missed', async () => (await missed(id)) === 3);
    const paused = await time.rows<{ state: string; pause_reason: string }>(
      'SELECT state, pause_reason FROM agent WHERE id = $1',
      [third],
    );
    expect(paused).toEqual([{ state: 'paused', pause_reason: 'missed offers' }]);
    await give(id, 'close', { kind: 'supervisor', id: null });
  });

  it('keeps its place in line through a missed offer', async () => {
    const { id } = await begin('offer', 1);
    const since = (await row(id)).queued_since;
    await pass(21_000);
    await becomes(id, { placement: 'queued' });
    expect((await row(id)).queued_since).toEqual(since);
    await give(id, 'close', { kind: 'supervisor', id: null });
  });

  it('closes a solved live chat after 10 minutes of silence, not earlier', async () => {
    const { id, agents } = await begin('auto', 1);
    await give(id, 'solve', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'solved' });
    await pass(9 * MINUTE);
    expect((await row(id)).status).toBe('solved');
    await pass(2 * MINUTE);
    await becomes(id, { status: 'closed', closed_by: 'timer' });
  });

  it('closes after a survey that nobody answered in 10 minutes, unrated', async () => {
    const { id, agents } = await begin('auto', 1, { settings: { survey: { enabled: true } } });
    await give(id, 'solve', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'solved', survey: 'running' });
    await pass(11 * MINUTE);
    await becomes(id, { status: 'closed', survey: 'expired' });
  });

  it('gives other channels 24 hours, and a customer who writes then gets the same agent back', async () => {
    const { id, agents, say } = await begin('auto', 1, { kind: 'open' });
    await give(id, 'solve', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'solved' });
    await pass(23 * HOUR);
    await say('one more thing');
    await becomes(id, { status: 'open', placement: 'assigned', owner_id: agents[0] as string });
    await give(id, 'solve', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'solved' });
    await pass(25 * HOUR);
    await becomes(id, { status: 'closed' });
  });

  it('resumes what waited 7 days for its customer, with its agent', async () => {
    const { id, agents } = await begin('auto', 1);
    await give(id, 'setWaiting', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'waiting' });
    await pass(6 * DAY);
    expect((await row(id)).status).toBe('waiting');
    await pass(DAY + MINUTE);
    await becomes(id, { status: 'open', placement: 'assigned', owner_id: agents[0] as string });
    await give(id, 'close', { kind: 'supervisor', id: null });
  });

  it('resumes at the instant that the agent named', async () => {
    const { id, agents } = await begin('auto', 1);
    const at = (await time.env.currentTimeMs()) + 2 * HOUR;
    await give(id, 'setWaiting', { kind: 'agent', id: agents[0] }, { until: at });
    await becomes(id, { status: 'waiting' });
    await pass(HOUR);
    expect((await row(id)).status).toBe('waiting');
    await pass(HOUR + MINUTE);
    await becomes(id, { status: 'open' });
    await give(id, 'close', { kind: 'supervisor', id: null });
  });

  it('releases for want of a first reply, and closes what fell idle, where the queue says so', async () => {
    const { id, agents } = await begin('auto', 1, {
      settings: { firstResponseMs: 5 * MINUTE, idleMs: 30 * MINUTE },
    });
    const claims = (await row(id)).claim_no;
    await pass(6 * MINUTE);
    // Released to the line, first in it, and its only agent gets it again.
    await until('it was handed out anew', async () => (await row(id)).claim_no > claims);
    expect((await row(id)).owner_id).toBe(agents[0]);
    await time.rows('UPDATE conversation SET first_reply_at = app_now() WHERE id = $1', [id]);
    await pass(31 * MINUTE);
    await becomes(id, { status: 'closed' });
  });

  it('does not take a long wait in line for idleness of the agent who gets it', async () => {
    const settings = { idleMs: 30 * MINUTE };
    const { id, queue } = await begin('auto', 0, { settings });
    await pass(40 * MINUTE);
    const agent = await makeAgent(time.db, [queue]);
    await time.done(() => agentLoggedIn(time.db, agent));
    await becomes(id, { placement: 'assigned', owner_id: agent });
    await pass(20 * MINUTE);
    expect((await row(id)).status).toBe('open');
    await pass(11 * MINUTE);
    await becomes(id, { status: 'closed' });
  });

  it('makes rows of signals sent by hand, and says why it refuses one', async () => {
    const { id, queue } = await begin('manual', 1);
    const agent = await makeAgent(time.db, [queue]);
    const handle = time.env.client.workflow.getHandle(conversationWorkflowId(id));
    await handle.signal('nobodyKnowsThis', { x: 1 });
    await handle.signal('resume');
    await handle.signal('transferToAgent', 'not an object');
    await handle.signal('solve', { number: 99 });
    const gone = await makeAgent(time.db, [queue], { in: false });
    await handle.signal('assignTo', { agentId: gone });
    await handle.signal('assignTo', { agentId: agent });
    await becomes(id, { placement: 'assigned', owner_id: agent });
    const refused = await time.rows<{ data: object }>(
      `SELECT data FROM conversation_event WHERE conversation_id = $1 AND kind = 'signalRefused' ORDER BY id`,
      [id],
    );
    expect(refused.map((r) => r.data)).toEqual([
      { name: 'resume', code: 'ILLEGAL_TRANSITION' },
      { name: 'transferToAgent', code: 'INVALID_REQUEST' },
      { name: 'assignTo', code: 'AGENT_NOT_LOGGED_IN' },
    ]);
    expect((await row(id)).status).toBe('open');
    await handle.signal('solve');
    await becomes(id, { status: 'solved' });
    await handle.signal('close');
    expect(await handle.result()).toBe('closed');
  });

  it('answers a query with its state, its timer and nothing of what was written', async () => {
    const { id } = await begin('offer', 1);
    const handle = time.env.client.workflow.getHandle(conversationWorkflowId(id));
    const answer = await handle.query<{ state: { placement: string }; next: { name: string } }>(
      'getState',
    );
    expect(answer).toMatchObject({ state: { placement: 'offered' }, next: { name: 'offer' } });
    const history = JSON.stringify(await handle.fetchHistory());
    expect(history).not.toContain(Buffer.from('hello').toString('base64').slice(0, 6));
    await give(id, 'close', { kind: 'supervisor', id: null });
  });

  it('takes an accept and its lapse at the same instant for one of the two', async () => {
    const { id, agents } = await begin('offer', 1);
    await pass(19_900);
    const accepted = await time
      .done(() => acceptOffer(time.db, id, agents[0] as string, `a${++keys}`))
      .then(
        () => true,
        () => false,
      );
    await pass(5_000);
    if (accepted) await becomes(id, { placement: 'assigned', owner_id: agents[0] as string });
    else await becomes(id, { placement: 'queued', owner_id: null });
    expect(await missed(id)).toBe(accepted ? 0 : 1);
    if (!accepted)
      await time.done(() => takeConversation(time.db, id, agents[0] as string, `t${++keys}`));
    await give(id, 'close', { kind: 'agent', id: agents[0] });
    await becomes(id, { status: 'closed' });
  });
});
