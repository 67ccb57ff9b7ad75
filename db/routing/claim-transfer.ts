/**
 * A transfer that is offered first. The conversation stays with its agent until the other one takes it over, and room is
 * kept at the other one meanwhile: so at any moment exactly one has it.
 */
import { claimRefusal } from '../../core/conversation/states';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import { AppError } from '../../core/errors';
import type { Database, Tx } from '../client';
import { StartAgain } from '../client';
import { claimedBefore, writeClaim, type ClaimRow } from './claim-row';
import {
  deadlinesOf,
  lockRows,
  readRow,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import type { Effects } from '../effects';
import { isLoggedIn, lockAgents, writeLoad, type LockedAgent } from '../agents/locked-agent';
import { clockFor } from './queue-clock';
import { deadlineColumns, type Columns } from '../conversation/write-conversation';

/** The columns of a conversation that is offered to nobody beside its agent. */
export const NO_TRANSFER: Columns = {
  transfer_to_id: null,
  transfer_until: null,
  transfer_units: 0,
};

/**
 * Takes over what another agent offers. The first outcome of a key stands.
 * @throws AppError OFFER_GONE where it was taken back or is over, AGENT_UNAVAILABLE, NOT_FOUND
 */
export function takeOver(
  db: Database,
  conversationId: string,
  agentId: string,
  key: string,
): Promise<{ value: void; effects: Effects }> {
  return answerTransfer(db, conversationId, agentId, { kind: 'takeOver', key }, write);
}

/** Leaves it with the agent who offers it. @throws AppError OFFER_GONE, NOT_FOUND */
export function declineTransfer(
  db: Database,
  conversationId: string,
  agentId: string,
  key: string,
): Promise<{ value: void; effects: Effects }> {
  return answerTransfer(db, conversationId, agentId, { kind: 'decline', key }, (tx, row, to) =>
    goesBack(tx, row, to, {
      ...{ kind: 'decline', agentId, key, event: 'transferDeclined' },
      actor: { kind: 'agent', id: agentId },
    }),
  );
}

/** Takes back what is offered to a locked agent who leaves or pauses. It stays where it is. */
export async function withdrawTransfers(tx: Tx, agent: LockedAgent, cause: string): Promise<void> {
  const offered = await tx.query<{ id: string }>(
    'SELECT id FROM conversation WHERE transfer_to_id = $1',
    [agent.id],
  );
  const rows = await lockRows(
    tx,
    offered.map(({ id }) => id),
  );
  for (const row of rows.values()) {
    if (row.transfer_to_id !== agent.id) continue;
    await goesBack(tx, row, agent, {
      ...{ kind: 'decline', agentId: agent.id, event: 'transferWithdrawn' },
      actor: { kind: 'system' },
      data: { agentId: agent.id, cause },
    });
  }
}

type Answer = Pick<ClaimRow, 'kind'> & { readonly key: string };

function answerTransfer(
  db: Database,
  id: string,
  agentId: string,
  { kind, key }: Answer,
  act: (
    tx: Tx,
    row: ConversationRow,
    to: LockedAgent,
    from: LockedAgent,
    key: string,
  ) => Promise<void>,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const before = await readRow(tx, id);
    const agents = await lockAgents(tx, [agentId, before?.owner_id ?? null]);
    const row = (await lockRows(tx, [id])).get(id);
    const to = agents.get(agentId);
    if (!row || !to) throw new AppError('NOT_FOUND');
    if (await claimedBefore(tx, id, key, kind, agentId)) return;
    if (row.owner_id !== before?.owner_id) throw new StartAgain();
    const from = row.owner_id ? agents.get(row.owner_id) : undefined;
    const over = !row.transfer_until || row.transfer_until <= row.now;
    if (row.transfer_to_id !== agentId || over || !from) throw new AppError('OFFER_GONE');
    const code = claimRefusal(toState(row), kind);
    if (code) throw new AppError(code);
    await act(tx, row, to, from, key);
  });
}

async function write(
  tx: Tx,
  row: ConversationRow,
  to: LockedAgent,
  from: LockedAgent,
  key: string,
): Promise<void> {
  if (!isLoggedIn(to)) throw new AppError('AGENT_UNAVAILABLE');
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    { ...toState(row), ownerId: to.id, transferToId: null, quietSince: row.now.getTime() },
    await clockFor(tx, row),
  );
  await writeClaim(
    tx,
    row,
    {
      ...{ kind: 'takeOver', agentId: to.id, key, event: 'transferredToAgent' },
      actor: { kind: 'agent', id: from.id },
      data: { from: from.id, agentId: to.id },
    },
    {
      owner_id: to.id,
      last_agent_id: to.id,
      held_since: row.now,
      reserved_units: row.transfer_units,
      over_capacity: to.used_units > to.max_units,
      ...NO_TRANSFER,
      ...deadlineColumns(deadlines),
    },
  );
  await writeLoad(tx, from, 'units freed');
  await writeLoad(tx, to, 'claimed', { by: 'claim', at: row.now });
}

async function goesBack(
  tx: Tx,
  row: ConversationRow,
  to: LockedAgent,
  claim: ClaimRow,
): Promise<void> {
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    { ...toState(row), transferToId: null, quietSince: row.now.getTime() },
    await clockFor(tx, row),
  );
  await writeClaim(tx, row, claim, { ...NO_TRANSFER, ...deadlineColumns(deadlines) });
  await writeLoad(tx, to, 'units freed');
}
