/** A snapshot and what was told since equal a fresh snapshot: for every command, every claim and every record edit. */
import { applyChanges, type Held } from '../../contracts/apply-changes';
import {
  CLAIMS,
  COMMANDS,
  type ClaimName,
  type CommandArgs,
  type CommandName,
  type Giver,
} from '../../core/conversation/types';
import type { Viewer } from '../../db/access';
import { readChanges, type ConversationChanges } from '../../db/conversation/changes';
import { accept, reject } from '../../db/routing/answer-offer';
import { acceptOffer, takeConversation } from '../../db/routing/claim';
import { lapseOffer, rejectOffer } from '../../db/routing/claim-back';
import { readSnapshot } from '../../db/conversation/conversations';
import {
  hideConversation,
  markSeen,
  setContact,
  setSubject,
} from '../../db/conversation/edit-conversation';
import type { Effects } from '../../db/effects';
import { giveCommand } from '../../db/conversation/give-command';
import { newId } from '../../db/ids';
import { loadConversation } from '../../db/conversation/load';
import { setAgentState } from '../../db/agents/presence';
import { sendMessage } from '../../db/messages/send-message';
import { createTestApi, type TestApi } from '../../tests/support/api';
import { begin, type Begun } from '../../tests/support/conversation';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { driveConversation } from '../../tests/support/workflow-driver';
import { until } from '../../tests/support/world';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true, realtime: true });
});
beforeEach(() => {
  api.decides = true;
});
afterAll(() => api.close());

interface Scene extends Begun {
  readonly queue: string;
  readonly other: string;
  /** Holds the conversation where one is handed out. */
  readonly agent: string;
  readonly colleague: string;
}

const done = async (transaction: Promise<{ effects: Effects }>): Promise<void> => {
  await api.deps.afterCommit.run((await transaction).effects);
  await api.deps.afterCommit.settled();
};
const give = (s: Scene, name: CommandName, kind: Giver['kind'], args: CommandArgs = {}) =>
  done(
    giveCommand(api.db, {
      conversationId: s.id,
      name,
      args,
      giver: { kind, id: kind === 'agent' ? s.agent : null },
      key: newId(),
    }),
  );
const viewer = (s: Scene): Viewer => ({ id: s.agent, role: 'agent' });

interface Case {
  readonly delivery?: 'auto' | 'offer' | 'manual';
  readonly survey?: boolean;
  /** Leads to where it begins. */
  readonly before?: (s: Scene) => Promise<unknown>;
  readonly act: (s: Scene) => Promise<unknown>;
}

const surveyed = { survey: true, before: (s: Scene) => give(s, 'solve', 'agent') };

const commands: Record<CommandName, Case> = {
  assignTo: { act: (s) => give(s, 'assignTo', 'supervisor', { agentId: s.colleague }) },
  setWaiting: { act: (s) => give(s, 'setWaiting', 'agent') },
  customerMessage: {
    before: (s) => give(s, 'setWaiting', 'agent'),
    act: (s) => s.say('here is the number'),
  },
  resume: { before: (s) => give(s, 'setWaiting', 'agent'), act: (s) => give(s, 'resume', 'agent') },
  transferToQueue: { act: (s) => give(s, 'transferToQueue', 'agent', { queueId: s.other }) },
  transferToAgent: { act: (s) => give(s, 'transferToAgent', 'agent', { agentId: s.colleague }) },
  release: { act: (s) => give(s, 'release', 'supervisor') },
  solve: { survey: true, act: (s) => give(s, 'solve', 'agent') },
  surveyAnswered: {
    ...surveyed,
    act: (s) => give(s, 'surveyAnswered', 'customer', { rating: 9 }),
  },
  surveySkipped: { ...surveyed, act: (s) => give(s, 'surveySkipped', 'customer') },
  surveyUnsendable: { ...surveyed, act: (s) => give(s, 'surveyUnsendable', 'system') },
  close: { act: (s) => give(s, 'close', 'supervisor') },
  closeWaiting: { delivery: 'manual', act: (s) => give(s, 'closeWaiting', 'system') },
};

const expire = (s: Scene) =>
  api.db.query(`UPDATE conversation SET expires_at = app_now() - interval '1 s' WHERE id = $1`, [
    s.id,
  ]);

async function offerTransfer(s: Scene): Promise<void> {
  await api.db.query(`UPDATE queue SET settings = '{"transferMs": 20000}' WHERE id = $1`, [
    s.queue,
  ]);
  await give(s, 'transferToAgent', 'agent', { agentId: s.colleague });
}

const claims: Record<ClaimName, Case> = {
  offer: {
    delivery: 'offer',
    before: (s) => done(setAgentState(api.db, s.agent, 'paused', 'lunch')),
    act: (s) => done(setAgentState(api.db, s.agent, 'available', null)),
  },
  assign: {
    before: (s) => give(s, 'transferToQueue', 'agent', { queueId: s.other }),
    act: (s) => give(s, 'transferToQueue', 'supervisor', { queueId: s.queue }),
  },
  accept: { delivery: 'offer', act: (s) => done(acceptOffer(api.db, s.id, s.agent, newId())) },
  reject: { delivery: 'offer', act: (s) => done(rejectOffer(api.db, s.id, s.agent, newId())) },
  take: { delivery: 'manual', act: (s) => done(takeConversation(api.db, s.id, s.agent, newId())) },
  lapse: {
    delivery: 'offer',
    before: expire,
    act: (s) => done(lapseOffer(api.db, s.id)),
  },
  withdraw: {
    delivery: 'offer',
    act: (s) => done(setAgentState(api.db, s.agent, 'paused', 'lunch')),
  },
  takeOver: {
    before: offerTransfer,
    act: (s) => done(accept(api.db, s.id, s.colleague, newId())),
  },
  decline: {
    before: offerTransfer,
    act: (s) => done(reject(api.db, s.id, s.colleague, newId())),
  },
};

const reply = (s: Scene, note: boolean) =>
  done(
    sendMessage(api.db, {
      conversationId: s.id,
      agentId: s.agent,
      text: 'one moment',
      fileIds: [],
      note,
      humanTag: false,
      key: newId(),
    }),
  );

const others: Record<string, Case> = {
  'a message while it is open': { act: (s) => s.say('and') },
  'a reply': { act: (s) => reply(s, false) },
  'a note': { act: (s) => reply(s, true) },
  'what the agent has seen': { act: (s) => done(markSeen(api.db, viewer(s), s.id, 1)) },
  'a subject': { act: (s) => done(setSubject(api.db, viewer(s), s.id, 'Lamp')) },
  'a contact': {
    act: async (s) => {
      const contactId = newId();
      await api.db.query(`INSERT INTO contact (id, last_name) VALUES ($1, 'Ada')`, [contactId]);
      await done(setContact(api.db, viewer(s), s.id, contactId));
      await done(setContact(api.db, viewer(s), s.id, null));
    },
  },
  hiding: {
    before: (s) => give(s, 'close', 'supervisor'),
    act: (s) => done(hideConversation(api.db, viewer(s), s.id)),
  },
  'a new conversation during the survey': { ...surveyed, act: (s) => s.say('anew', 'new') },
  'messages that came behind the close and move on': {
    act: async (s) => {
      api.decides = false;
      await give(s, 'close', 'supervisor');
      await s.say('wait!');
      const left = await driveConversation(api.db, s.id);
      api.decides = true;
      await api.deps.afterCommit.run(left);
    },
  },
  'a signal that was refused': {
    act: async (s) => {
      await loadConversation(api.db, s.id, [{ key: newId(), name: 'resume', args: {} }]);
    },
  },
};

async function fresh(id: string): Promise<Held> {
  const snapshot = await readSnapshot(api.db, id);
  if (!snapshot) throw new Error('no such conversation');
  const { conversation, messages, events } = snapshot;
  return { conversation, messages, events };
}

async function check({ delivery = 'auto', survey = false, before, act }: Case): Promise<void> {
  const queue = await makeQueue(api.db, { delivery, settings: { survey: { enabled: survey } } });
  const other = await makeQueue(api.db, { delivery: 'manual' });
  const agent = await makeAgent(api.db, [queue]);
  const colleague = await makeAgent(api.db, [other]);
  const begun = await begin(api, queue, { name: 'Ada' });
  const s: Scene = { ...begun, queue, other, agent, colleague };
  await before?.(s);
  await api.deps.afterCommit.settled();

  const start = await fresh(s.id);
  const told: ConversationChanges[] = [];
  const hub = api.deps.hub;
  const watch = hub?.watchConversation(s.id, start.conversation.rev, (news) => told.push(news));
  await act(s);
  await api.deps.afterCommit.settled();
  const end = await fresh(s.id);
  expect(end.conversation.rev).toBeGreaterThan(start.conversation.rev);

  await until('the stream tells all', async () => told.at(-1)?.rev === end.conversation.rev);
  watch?.close();
  const streamed = told.reduce<Held | null>(
    (held, news) => held && applyChanges(held, news),
    start,
  );
  expect(streamed).toEqual(end);
  for (const [i, news] of told.entries()) {
    expect(news.fromRev).toBe(told[i - 1]?.rev ?? start.conversation.rev);
  }
  const missed = await readChanges(api.db, s.id, start.conversation.rev);
  expect(missed && applyChanges(start, missed)).toEqual(end);
}

describe('a snapshot and its changes', () => {
  it.each(COMMANDS)('equal a fresh snapshot after the command %s', (name) => check(commands[name]));
  it.each(CLAIMS)('equal a fresh snapshot after the claim %s', (name) => check(claims[name]));
  it.each(Object.keys(others))('equal a fresh snapshot after %s', (name) =>
    check(others[name] as Case),
  );

  it('do not fit where something is missing between', async () => {
    const queue = await makeQueue(api.db);
    const { id, say } = await begin(api, queue);
    const start = await fresh(id);
    await say('two');
    const middle = (await fresh(id)).conversation.rev;
    await say('three');
    const late = await readChanges(api.db, id, middle);
    expect(late && applyChanges(start, late)).toBeNull();
  });
});
