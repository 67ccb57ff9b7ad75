/** The claims by which an agent gets a conversation by an own act: accept an offer, take from the line. */
import { reserved, unitsOf } from '../../core/capacity/units';
import { claimRefusal } from '../../core/conversation/states';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import { AppError } from '../../core/errors';
import { pullRefusal } from '../../core/routing/pull';
import type { Database, Tx } from '../client';
import { ANY_MEMBER, askedBy, noteServed, toCandidate } from './candidates';
import { claimedBefore, writeClaim } from './claim-row';
import {
  deadlinesOf,
  lockRows,
  ruleOf,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { isLoggedIn, lockAgents, writeLoad, type LockedAgent } from '../agents/locked-agent';
import { LEFT_LINE } from './place-in-line';
import { clockFor } from './queue-clock';
import { deadlineColumns } from '../conversation/write-conversation';

/**
 * Accepts an offer. The first outcome of a key stands.
 * @throws AppError OFFER_GONE where it lapsed or went to somebody else, AGENT_UNAVAILABLE, NOT_FOUND
 */
export function acceptOffer(
  db: Database,
  conversationId: string,
  agentId: string,
  key: string,
): Promise<{ value: void; effects: Effects }> {
  return claim(db, 'accept', conversationId, agentId, key, (row) => {
    if (row.owner_id !== agentId || !row.expires_at || row.expires_at <= row.now) {
      throw new AppError('OFFER_GONE');
    }
  });
}

/**
 * Takes a conversation from the line. Of competing takes exactly one wins. Where the product hands out or all is manual
 * it may exceed the agent's capacity and is then flagged; where agents pull by the queue's rule it may not.
 * @throws AppError ALREADY_TAKEN, AGENT_UNAVAILABLE, NO_CAPACITY, QUEUE_LIMIT, NOT_FOUND
 */
export function takeConversation(
  db: Database,
  conversationId: string,
  agentId: string,
  key: string,
): Promise<{ value: void; effects: Effects }> {
  return claim(db, 'take', conversationId, agentId, key, (row, agent) => {
    const refusal = pullRefusal(toCandidate(agent, askedBy(row), ANY_MEMBER), ruleOf(row));
    if (refusal) throw new AppError(refusal);
  });
}

function claim(
  db: Database,
  kind: 'accept' | 'take',
  conversationId: string,
  agentId: string,
  key: string,
  check: (row: ConversationRow, agent: LockedAgent) => void,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    const row = (await lockRows(tx, [conversationId])).get(conversationId);
    if (!agent || !row) throw new AppError('NOT_FOUND');
    if (await claimedBefore(tx, conversationId, key, kind, agentId)) return;
    const code = claimRefusal(toState(row), kind);
    if (code) throw new AppError(code, { status: row.status });
    if (!isLoggedIn(agent)) throw new AppError('AGENT_UNAVAILABLE');
    check(row, agent);
    await assign(tx, row, agent, kind, key);
  });
}

/** Writes accept or take on a locked row for a locked agent, with all that follows from it. */
export async function assign(
  tx: Tx,
  row: ConversationRow,
  agent: LockedAgent,
  kind: 'accept' | 'take',
  key: string,
): Promise<void> {
  const { unitOverrides, waitingFactor } = row.queue_settings;
  const units =
    kind === 'accept'
      ? row.reserved_units
      : reserved(
          'open',
          'assigned',
          unitsOf(row.channel_kind, agent.unit_overrides, unitOverrides ?? {}),
          waitingFactor ?? 1,
        );
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    {
      ...toState(row),
      placement: 'assigned',
      ownerId: agent.id,
      excluded: 0,
      quietSince: row.now.getTime(),
    },
    await clockFor(tx, row),
  );
  const actor = { kind: 'agent', id: agent.id };
  await writeClaim(
    tx,
    row,
    { kind, agentId: agent.id, actor, key, event: kind === 'accept' ? 'offerAccepted' : 'taken' },
    {
      placement: 'assigned',
      owner_id: agent.id,
      last_agent_id: agent.id,
      held_since: row.now,
      reserved_units: units,
      over_capacity: kind === 'take' && agent.used_units + units > agent.max_units,
      ...LEFT_LINE,
      excluded: [],
      ...deadlineColumns(deadlines),
    },
  );
  await noteServed(tx, row, agent.id);
  await writeLoad(tx, agent, 'claimed', { by: 'claim', at: row.now });
}
