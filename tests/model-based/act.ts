/** Does one act on the real code, after asking the reference whether it may be done. */
import { AppError } from '../../core/errors';
import type { CommandArgs, CommandName, Giver } from '../../core/conversation/types';
import { acceptOffer, takeConversation } from '../../db/routing/claim';
import { lapseOffer, rejectOffer } from '../../db/routing/claim-back';
import type { Database } from '../../db/client';
import { Effects } from '../../db/effects';
import { giveCommand, type Wish } from '../../db/conversation/give-command';
import { loadConversation } from '../../db/conversation/load';
import { receiveMessage } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { customerOf, known, liveOf, pick, pickFor, queueOf, somebody, type House } from './house';
import {
  mayAccept,
  mayCommand,
  mayReject,
  mayReply,
  mayTake,
  mayWrite,
  statusAfter,
  statusAfterWriting,
  type Line,
  type Somebody,
} from './reference';
import { planStaff } from './staff';
import type { Act } from './steps';
import { planSupervisor } from './supervise';
import { readClock } from './watch';

export interface Planned {
  /** What the reference says; null where it does not say. */
  readonly may: boolean | null;
  run(db: Database): Promise<Effects>;
  /** What must be found once everything is decided, or a fault in words. */
  check?(db: Database): Promise<string | null>;
}

type Made = Promise<{ value: unknown; effects: Effects }>;
const only = async (made: Made): Promise<Effects> => (await made).effects;

/** Null where there is nothing to do it on. */
export async function plan(house: House, act: Act): Promise<Planned | null> {
  const key = `key ${++house.count}`;
  switch (act.do) {
    case 'write':
      return planWrite(house, act, key);
    case 'again':
      return planAgain(house, act.earlier);
    case 'repeat':
      return planRepeat(house, act.earlier);
    case 'rate':
    case 'end': {
      const c = await pickFor(house, act.do, act.on);
      const name = act.do === 'rate' ? 'surveyAnswered' : 'solve';
      const args = act.do === 'rate' ? { rating: 8 } : {};
      return c && planCommand(house, c.id, { name, args, giver: { kind: 'customer' }, key });
    }
    case 'accept':
    case 'reject':
    case 'take':
    case 'reply':
      return planByAgent(house, act, key);
    case 'command':
      return planByPerson(house, act, key);
    case 'lapse': {
      const c = await pick(house, act.on);
      return c && { may: null, run: (db) => only(lapseOffer(db, c.id)) };
    }
    case 'signal':
      return planSignal(house, act);
    case 'prioritise':
    case 'empty':
      return planSupervisor(house, act);
    default:
      return planStaff(house, act);
  }
}

async function planWrite(
  house: House,
  { customer: wanted, during, rating = false }: Extract<Act, { do: 'write' }>,
  key: string,
): Promise<Planned | null> {
  const customer = await customerOf(house, wanted);
  const who = house.customers[customer];
  if (!who) return null;
  const live = await liveOf(house.processes[0], who.identityId);
  let id = '';
  const expected = statusAfterWriting(live, during, rating);
  return {
    may: mayWrite(live, during, rating),
    async run(db) {
      const text = rating ? '9' : 'hello';
      const inbound = { ...who, externalId: key, text, during: during ?? undefined };
      const { value, effects } = await receiveMessage(db, inbound);
      id = value.conversationId;
      house.accepted.push({ id: key, customer, messageId: value.messageId });
      return effects;
    },
    async check(db) {
      if (live?.busy) return null;
      const status = (await known(db, id))?.status;
      return status === expected ? null : `a message leaves its conversation ${status}`;
    },
  };
}

/** The same message once more: it is the same message. */
function planAgain(house: House, index: number): Planned | null {
  const before = house.accepted[index % Math.max(1, house.accepted.length)];
  const who = before && house.customers[before.customer];
  if (!before || !who) return null;
  return {
    may: true,
    async run(db) {
      const made = await receiveMessage(db, { ...who, externalId: before.id, text: 'hello' });
      if (made.value.messageId !== before.messageId || !made.value.duplicate) {
        throw new Error('a redelivered message was taken as a new one');
      }
      return made.effects;
    },
  };
}

/** The same command once more: it is the same command, whatever has become of the conversation. */
function planRepeat(house: House, index: number): Planned | null {
  const before = house.commands[index % Math.max(1, house.commands.length)];
  if (!before) return null;
  return {
    may: true,
    async run(db) {
      const { value, effects } = await giveCommand(db, before.wish);
      if (!value.repeated || value.number !== before.number) {
        throw new Error('a repeated command was taken as a new one');
      }
      return effects;
    },
  };
}

const A_DAY = 86_400_000;

/** What the workflow loads with a signal that has no row. The same key is the same signal. */
async function planSignal(
  house: House,
  { name, on, to, key, fits }: Extract<Act, { do: 'signal' }>,
): Promise<Planned | null> {
  const c = await pick(house, on);
  if (!c || house.away) return null;
  const args = {
    agentId: house.agents[to],
    queueId: house.queues[to],
    rating: 7,
    until: (await readClock(house.processes[0])) + A_DAY,
  };
  return {
    may: null,
    async run(db) {
      await loadConversation(db, c.id, [
        { key: `by hand ${key}`, name, args: fits ? args : 'no object' },
      ]);
      const left = new Effects();
      left.rings.push({ conversationId: c.id, signal: 'check' });
      return left;
    },
  };
}

async function planByAgent(
  house: House,
  act: Extract<Act, { do: 'accept' | 'reject' | 'take' | 'reply' }>,
  key: string,
): Promise<Planned | null> {
  const c = await pickFor(house, act.do, act.on);
  if (!c) return null;
  const owner = act.do !== 'take' && act.on % 2 === 0 ? house.agents.indexOf(c.owner_id ?? '') : -1;
  const agent = await somebody(house, owner === -1 ? act.agent : owner);
  const claim = [c.id, agent.id, key] as const;
  switch (act.do) {
    case 'accept':
      return { may: mayAccept(c, agent), run: (db) => only(acceptOffer(db, ...claim)) };
    case 'reject':
      return { may: mayReject(c, agent), run: (db) => only(rejectOffer(db, ...claim)) };
    case 'take':
      return { may: mayTake(c, agent), run: (db) => only(takeConversation(db, ...claim)) };
    case 'reply':
      return {
        may: mayReply(c, agent),
        async run(db) {
          const plain = { text: 'hello', fileIds: [], note: false, humanTag: false };
          const out = { ...plain, conversationId: c.id, agentId: agent.id, key };
          const { effects } = await sendMessage(db, out);
          house.replies.push(key);
          return effects;
        },
      };
  }
}

async function planByPerson(
  house: House,
  act: Extract<Act, { do: 'command' }>,
  key: string,
): Promise<Planned | null> {
  const c = await pickFor(house, act.name, act.on);
  if (!c) return null;
  const agent = await somebody(house, act.agent);
  const id = act.by === 'owner' ? (c.owner_id ?? agent.id) : agent.id;
  const kind = act.by === 'owner' ? 'agent' : act.by;
  const giver: Giver = kind === 'system' ? { kind } : { kind, id };
  const target = await somebody(house, act.to);
  const queueId = house.queues[act.to % house.queues.length] ?? '';
  const queue = await queueOf(house, queueId);
  const toAgent = act.name === 'transferToAgent' || act.name === 'assignTo';
  const args: CommandArgs = toAgent
    ? { agentId: target.id }
    : act.name === 'transferToQueue'
      ? { queueId }
      : {};
  const wish = { name: act.name, args, giver, key, behind: act.behind, target, queue };
  return planCommand(house, c.id, wish);
}

async function planCommand(
  house: House,
  id: string,
  wish: {
    name: CommandName;
    args: CommandArgs;
    giver: Giver;
    key: string;
    behind?: boolean;
    target?: Somebody;
    queue?: Line;
  },
): Promise<Planned | null> {
  const c = await known(house.processes[0], id);
  if (!c) return null;
  const { name, args, giver, key, behind = false, target, queue } = wish;
  const by = giver.kind as 'agent' | 'supervisor' | 'system' | 'customer';
  // Only people say what they have seen; for others the row's last message counts.
  const person = by === 'agent' || by === 'supervisor';
  const afterSeq = behind && person ? Math.max(0, c.last_in_seq - 1) : undefined;
  const after = statusAfter(name);
  return {
    may: mayCommand(c, { name, by, giver: giver.id ?? null, behind, target, queue }),
    async run(db) {
      const given: Wish = { conversationId: id, name, args, giver, key, afterSeq };
      const { value, effects } = await giveCommand(db, given);
      house.commands.push({ wish: given, number: value.number });
      return effects;
    },
    async check(db) {
      const status = (await known(db, id))?.status;
      const expected = after ?? c.status;
      if (c.busy || status === expected) return null;
      return `${name} leaves the conversation ${status}, not ${expected}`;
    },
  };
}

/** Runs it: the effects, or the refusal. Anything else is thrown. */
export async function attempt(planned: Planned, db: Database): Promise<Effects | AppError> {
  try {
    return await planned.run(db);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
