/** Does one act on the real code, after asking the reference whether it may be done. */
import { AppError } from '../../core/errors';
import type { CommandArgs, CommandName, Giver } from '../../core/conversation/types';
import { acceptOffer, takeConversation } from '../../db/claim';
import { lapseOffer, rejectOffer } from '../../db/claim-back';
import type { Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { giveCommand } from '../../db/give-command';
import { newId } from '../../db/ids';
import {
  agentLoggedIn,
  endSessions,
  markAbsent,
  releaseOfAbsent,
  setAgentState,
} from '../../db/presence';
import { receiveMessage } from '../../db/receive-message';
import { sendMessage } from '../../db/send-message';
import { customerOf, known, liveOf, pick, somebody, type House } from './house';
import {
  mayAccept,
  mayCommand,
  mayReject,
  mayReply,
  mayTake,
  mayWrite,
  statusAfter,
} from './reference';
import type { Act } from './steps';

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
      return planAgain(house, act.message);
    case 'rate':
    case 'end': {
      const c = await pick(house, act.on);
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
    case 'come':
    case 'pause':
    case 'unpause':
    case 'silence':
    case 'grace':
    case 'leave':
      return planPresence(house, act);
  }
}

async function planWrite(
  house: House,
  { customer: wanted, during }: Extract<Act, { do: 'write' }>,
  key: string,
): Promise<Planned | null> {
  const customer = await customerOf(house, wanted);
  const who = house.customers[customer];
  if (!who) return null;
  const live = await liveOf(house.processes[0], who.identityId);
  let id = '';
  return {
    may: mayWrite(live, during),
    async run(db) {
      const inbound = { ...who, externalId: key, text: 'hello', during: during ?? undefined };
      const { value, effects } = await receiveMessage(db, inbound);
      id = value.conversationId;
      house.accepted.push({ id: key, customer, messageId: value.messageId });
      return effects;
    },
    async check(db) {
      if (live?.busy) return null;
      const status = (await known(db, id))?.status;
      return status === 'open' ? null : `a message leaves its conversation ${status}`;
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

async function planByAgent(
  house: House,
  act: Extract<Act, { do: 'accept' | 'reject' | 'take' | 'reply' }>,
  key: string,
): Promise<Planned | null> {
  const c = await pick(house, act.on);
  if (!c) return null;
  const agent = await somebody(house, act.agent);
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
  const c = await pick(house, act.on);
  if (!c) return null;
  const agent = await somebody(house, act.agent);
  const id = act.by === 'owner' ? (c.owner_id ?? agent.id) : agent.id;
  const kind = act.by === 'owner' ? 'agent' : act.by;
  const giver: Giver = kind === 'system' ? { kind } : { kind, id };
  const target = await somebody(house, act.to);
  const queueId = house.queues[act.to % house.queues.length] ?? '';
  const toAgent = act.name === 'transferToAgent' || act.name === 'assignTo';
  const args: CommandArgs = toAgent
    ? { agentId: target.id }
    : act.name === 'transferToQueue'
      ? { queueId }
      : {};
  return planCommand(house, c.id, { name: act.name, args, giver, key, behind: act.behind, target });
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
    target?: { id: string; in: boolean };
  },
): Promise<Planned | null> {
  const c = await known(house.processes[0], id);
  if (!c) return null;
  const { name, args, giver, key, behind = false, target } = wish;
  const by = giver.kind as 'agent' | 'supervisor' | 'system' | 'customer';
  // Only people say what they have seen; for others the row's last message counts.
  const person = by === 'agent' || by === 'supervisor';
  const afterSeq = behind && person ? Math.max(0, c.last_in_seq - 1) : undefined;
  const after = statusAfter(name);
  return {
    may: mayCommand(c, { name, by, giver: giver.id ?? null, behind, target }),
    run: (db) => only(giveCommand(db, { conversationId: id, name, args, giver, key, afterSeq })),
    async check(db) {
      const status = (await known(db, id))?.status;
      const expected = after ?? c.status;
      if (c.busy || status === expected) return null;
      return `${name} leaves the conversation ${status}, not ${expected}`;
    },
  };
}

async function planPresence(
  house: House,
  act: Extract<Act, { do: 'come' | 'pause' | 'unpause' | 'silence' | 'grace' | 'leave' }>,
): Promise<Planned | null> {
  const { id } = await somebody(house, act.agent);
  switch (act.do) {
    case 'come':
      return {
        may: true,
        async run(db) {
          await db.query(
            `INSERT INTO session (id, agent_id, token_hash, last_seen_at, expires_at)
             VALUES ($1, $2, $3, 'infinity', 'infinity')`,
            [newId(), id, newId()],
          );
          return only(agentLoggedIn(db, id));
        },
      };
    case 'pause':
    case 'unpause': {
      const state = act.do === 'pause' ? 'paused' : 'available';
      return { may: null, run: (db) => only(setAgentState(db, id, state, null)) };
    }
    case 'silence':
      return {
        may: true,
        async run(db) {
          await db.query(
            `UPDATE session SET last_seen_at = '-infinity' WHERE agent_id = $1 AND ended_at IS NULL`,
            [id],
          );
          return only(markAbsent(db, id));
        },
      };
    case 'grace': {
      const grace = { liveChat: 0, others: 0 };
      return { may: true, run: (db) => only(releaseOfAbsent(db, id, grace)) };
    }
    case 'leave':
      return { may: true, run: (db) => only(endSessions(db, id, { open: act.open })) };
  }
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
