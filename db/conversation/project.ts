/**
 * The projection: writes what the workflow decided, if the row is still the one it decided on. It is either applied
 * whole or too late (BEHIND); both answer with what is stored.
 */
import { reserved, unitsOf } from '../../core/capacity/units';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import type { Change, Decision, Item } from '../../core/conversation/decide';
import { placeAfter } from '../../core/conversation/place-after';
import type { Loaded } from '../../core/conversation/types';
import type { ErrorCode } from '../../core/errors';
import { askForRating, thankForRating } from './assistant-message';
import { NO_TRANSFER } from '../routing/claim-transfer';
import { closeIfLeftBehind } from '../queues/closing-time';
import type { Database, Tx } from '../client';
import { StartAgain } from '../client';
import { lapseLocked } from '../routing/claim-back';
import { tellStep } from '../routing/climb-ladder';
import {
  amongOf,
  deadlinesOf,
  heldOrSpoken,
  lockRows,
  readRow,
  toState,
  type ConversationRow,
} from './conversation-row';
import type { Effects } from '../effects';
import { lockAgents, writeLoad, type LockedAgent } from '../agents/locked-agent';
import { answer } from './load';
import { moveMessages } from './move-messages';
import { tellClosing } from '../queues/out-of-hours';
import { forgetParticipants, noteParticipants } from './participants';
import { lineColumns } from '../routing/place-in-line';
import { clockFor } from '../routing/queue-clock';
import { hasUndecided, liveConversation } from '../messages/receive-message';
import { settle, type Settled } from './settle';
import {
  deadlineColumns,
  writeConversation,
  writeEvent,
  writeHandOut,
  type Columns,
} from './write-conversation';

export interface Projection {
  readonly conversationId: string;
  /** What the decision was made on. */
  readonly version: number;
  readonly claimNo: number;
  readonly lastInSeq: number;
  readonly lastOutSeq: number;
  readonly decision: Decision;
}

/** Null where the conversation does not exist. */
export async function projectDecision(
  db: Database,
  projection: Projection,
): Promise<{ value: Loaded | null; effects: Effects }> {
  return db.transaction(async (tx) => {
    const { conversationId: id, decision } = projection;
    const before = await readRow(tx, id);
    if (!before) return null;
    // Unlocked: the target is locked together with this row, by id.
    const moves = decision.settle?.kind === 'moveMessages';
    const target = moves ? await liveConversation(tx, before.identity_id) : null;
    const known = [before.owner_id, before.transfer_to_id, settledAgent(decision)];
    const agents = await lockAgents(tx, known);
    const rows = await lockRows(tx, target ? [id, target] : [id]);
    const row = rows.get(id);
    if (!row) return null;
    const others = row.owner_id !== before.owner_id || row.transfer_to_id !== before.transfer_to_id;
    if (others) throw new StartAgain();
    if (!(await isBehind(tx, row, projection))) await apply(tx, row, projection, agents, target);
    return answer(tx, id);
  });
}

function settledAgent({ settle: open }: Decision): string | null {
  return open && 'agentId' in open ? open.agentId : null;
}

async function isBehind(tx: Tx, row: ConversationRow, p: Projection): Promise<boolean> {
  if (row.version !== p.version || row.claim_no !== p.claimNo) return true;
  // Superseding raises neither: what would open it again was decided before, and is decided anew.
  if (row.superseded_by_id !== null && p.decision.change.status === 'open') return true;
  const { item } = p.decision;
  if (item.kind === 'deadline' || item.command.giver.kind === 'system') {
    // Nobody looked: a message that came after the load makes the decision void.
    if (row.last_in_seq !== p.lastInSeq || row.last_out_seq !== p.lastOutSeq) return true;
  }
  // What people asked for meanwhile comes first, as it would have if this worker had not been slow.
  if (item.kind === 'deadline') return hasUndecided(tx, row.id);
  // The row's own words count, not those of a signal that claims to speak for it.
  const { number, name, args, giver } = item.command;
  const undecided = await tx.query(
    `SELECT 1 FROM command
      WHERE conversation_id = $1 AND number = $2 AND name = $3 AND args = $4::jsonb AND giver_kind = $5
        AND outcome IS NULL`,
    [row.id, number, name, JSON.stringify(args), giver.kind],
  );
  return undecided.length === 0;
}

async function apply(
  tx: Tx,
  row: ConversationRow,
  p: Projection,
  agents: Map<string, LockedAgent>,
  target: string | null,
): Promise<void> {
  const { item } = p.decision;
  if (p.decision.settle?.kind === 'lapse') {
    const owner = row.owner_id ? agents.get(row.owner_id) : undefined;
    if (owner) await lapseLocked(tx, row, owner);
    return;
  }
  const settled = await settle(tx, row, p.decision, agents);
  const version = row.version + 1;
  if (item.kind === 'command') {
    await tx.query(
      `UPDATE command SET outcome = $3, decided_at = app_now(), decided_version = $4
        WHERE conversation_id = $1 AND number = $2`,
      [row.id, item.command.number, settled.outcome, version],
    );
  }
  if (settled.outcome !== 'applied') {
    await tellOperator(tx, row, item, settled.outcome);
    return;
  }
  if (Object.keys(settled.change).length === 0 && p.decision.settle === null) return;
  await keepRating(tx, row, p.decision);
  await write(tx, row, settled, agents, {
    covered: coveredSeq(row, p.decision),
    version,
    item,
  });
  const rev = Number(row.rev) + 1;
  const actor = item.kind === 'command' ? item.command.giver : { kind: 'timer' as const };
  for (const event of settled.events) {
    await writeEvent(tx, { conversationId: row.id, rev, afterSeq: row.last_seq, ...event, actor });
  }
  if (p.decision.settle?.kind === 'moveMessages') await moveMessages(tx, row, target);
  if (settled.change.survey === 'running') await askForRating(tx, row, version);
  if (settled.change.survey === 'answered') await thankForRating(tx, row);
  await tellClosing(tx, row, item);
  if (p.decision.settle?.kind === 'hop' && settled.events === p.decision.events)
    await tellStep(tx, row);
  if (settled.change.placement === 'queued' && !row.queue_open) await closeIfLeftBehind(tx, row);
}

/** Whoever gave a command by the API is answered; a signal sent by hand can only be answered in the timeline. */
async function tellOperator(
  tx: Tx,
  row: ConversationRow,
  item: Item,
  code: ErrorCode,
): Promise<void> {
  if (item.kind !== 'command' || item.command.giver.kind !== 'operator') return;
  await writeEvent(tx, {
    conversationId: row.id,
    rev: await writeConversation(tx, row.id, {}),
    afterSeq: row.last_seq,
    kind: 'signalRefused',
    data: { name: item.command.name, code },
    actor: item.command.giver,
  });
}

/** The last message that a solving or closing covers: those above it are the customer's next word. */
function coveredSeq(row: ConversationRow, { item }: Decision): number {
  if (row.superseded_by_id !== null) return row.survey_after_seq ?? row.last_in_seq;
  return item.kind === 'command' ? item.command.afterSeq : row.last_in_seq;
}

/** A rating that came by a hand-sent signal has no answer row yet. */
async function keepRating(tx: Tx, row: ConversationRow, { item }: Decision): Promise<void> {
  if (item.kind !== 'command' || item.command.args.rating === undefined) return;
  await tx.query(
    `INSERT INTO survey_answer (conversation_id, agent_id, queue_id, rating, created_at)
     VALUES ($1, $2, $3, $4, app_now()) ON CONFLICT (conversation_id) DO NOTHING`,
    [row.id, row.last_agent_id, row.queue_id, item.command.args.rating],
  );
}

async function write(
  tx: Tx,
  row: ConversationRow,
  { change, queue }: Settled,
  agents: Map<string, LockedAgent>,
  { covered, version, item }: { covered: number; version: number; item: Item },
): Promise<void> {
  const after: ConversationRow = {
    ...row,
    ...queue,
    queue_id: change.queueId ?? row.queue_id,
    status: change.status ?? row.status,
    placement: change.placement === undefined ? row.placement : change.placement,
    owner_id: change.ownerId === undefined ? row.owner_id : change.ownerId,
    survey: change.survey ?? row.survey,
    excluded: change.clearExcluded ? [] : row.excluded,
  };
  const transfer = transferAfter(row, after, change, agents);
  after.transfer_to_id = transfer.toId;
  const owner = after.owner_id ? agents.get(after.owner_id) : undefined;
  // Open with an agent, and it was not so with this one before.
  const held = after.status === 'open' && after.placement === 'assigned';
  const begins =
    held &&
    (row.status !== 'open' || row.placement !== 'assigned' || row.owner_id !== after.owner_id);
  const clock = await clockFor(tx, after);
  const { now } = clock;
  const place = placeAfter(toState(row), change, now);
  const kept = deadlinesOf(row);
  const snooze = change.snoozeUntil === undefined ? kept.snooze : change.snoozeUntil;
  const deadlines = deadlinesAfter(
    {
      ownerId: row.owner_id,
      deadlines: { ...kept, snooze, ...(transfer.begins ? { transfer: null } : {}) },
    },
    { ...toState(after), place, quietSince: begins ? now : heldOrSpoken(row) },
    clock,
  );
  const units = reservedUnits(row, after, owner);
  const moved = after.owner_id !== row.owner_id;
  await writeConversation(tx, row.id, {
    version,
    policy_version: after.queue_version,
    status: after.status,
    placement: after.placement,
    owner_id: after.owner_id,
    survey: after.survey,
    excluded: after.excluded,
    reserved_units: units,
    over_capacity:
      owner !== undefined && owner.used_units - ownUnits(row, owner) + units > owner.max_units,
    ...(change.queueId ? { queue_id: change.queueId } : {}),
    ...(moved && owner ? { last_agent_id: owner.id } : {}),
    ...(begins ? { held_since: row.now } : {}),
    ...transfer.columns,
    ...(await lineColumns(tx, amongOf(after), change, place)),
    ...endOf(row, after, change, covered),
    ...deadlineColumns(deadlines),
  });
  if (after.status !== row.status) {
    if (after.status === 'closed') await noteParticipants(tx, row.id);
    if (row.status === 'closed') await forgetParticipants(tx, row.id);
  }
  for (const agent of agents.values()) await writeLoad(tx, agent, 'units freed');
  const reason = lookAgain(row, after, change, item);
  if (reason) await writeHandOut(tx, { conversationId: row.id }, reason);
}

/** Why somebody may get it now who could not before; null where nothing changed for it in line. */
function lookAgain(
  row: ConversationRow,
  after: ConversationRow,
  change: Change,
  item: Item,
): string | null {
  if (after.status !== 'open' || after.placement !== 'queued') return null;
  if (change.queueId) return item.kind === 'deadline' ? 'overflowed' : 'transferred';
  if (change.relaxed) return 'skills relaxed';
  if (change.unkept) return 'kept no longer';
  const again = change.placement === 'queued' || change.clearExcluded || row.status !== 'open';
  return again ? 'queued' : null;
}

/** To whom its agent offers it after the change. Whatever else happens to it ends that. */
function transferAfter(
  row: ConversationRow,
  after: ConversationRow,
  change: Change,
  agents: Map<string, LockedAgent>,
): { toId: string | null; begins: boolean; columns: Columns } {
  const stays =
    after.status === 'open' && after.placement === 'assigned' && after.owner_id === row.owner_id;
  const before = row.transfer_to_id;
  const toId = change.transferToId === undefined ? (stays ? before : null) : change.transferToId;
  if (toId === before && change.transferToId === undefined) {
    return { toId, begins: false, columns: {} };
  }
  const to = toId ? agents.get(toId) : undefined;
  if (!to) return { toId: null, begins: false, columns: NO_TRANSFER };
  const { unitOverrides } = after.queue_settings;
  const units = unitsOf(row.channel_kind, to.unit_overrides, unitOverrides ?? {});
  return { toId, begins: true, columns: { transfer_to_id: to.id, transfer_units: units } };
}

const ownUnits = (row: ConversationRow, owner: LockedAgent): number =>
  row.owner_id === owner.id ? row.reserved_units : 0;

/** Kept while the same agent holds it in the same status; counted anew otherwise. */
function reservedUnits(
  row: ConversationRow,
  after: ConversationRow,
  owner: LockedAgent | undefined,
): number {
  if (!owner) return 0;
  const same =
    row.owner_id === owner.id && row.status === after.status && row.placement === after.placement;
  if (same) return row.reserved_units;
  const { unitOverrides, waitingFactor } = after.queue_settings;
  const units = unitsOf(row.channel_kind, owner.unit_overrides, unitOverrides ?? {});
  return reserved(after.status, after.placement, units, waitingFactor ?? 1);
}

function endOf(
  row: ConversationRow,
  after: ConversationRow,
  change: Change,
  covered: number,
): Columns {
  const columns: Record<string, unknown> = {};
  if (after.status === 'solved' && row.status !== 'solved') {
    Object.assign(columns, { solved_at: row.now, survey_after_seq: covered });
  }
  if (after.status === 'closed' && row.status !== 'closed') {
    Object.assign(columns, {
      closed_after_seq: covered,
      closed_at: row.now,
      closed_by: change.closedBy ?? null,
      listed_agent_id: change.listed === 'owner' ? row.last_agent_id : null,
    });
  }
  if (after.status !== 'closed' && row.status === 'closed') {
    Object.assign(columns, { closed_at: null, closed_by: null, listed_agent_id: null });
  }
  return columns;
}
