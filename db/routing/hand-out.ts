/**
 * Hand-out, always from the agent's side: lock the agent, give the first of the agent's lines. A conversation's
 * trigger only chooses a candidate agent and repeats until that conversation is placed or nobody is left.
 */
import { reserved, unitsOf } from '../../core/capacity/units';
import { deadlinesAfter } from '../../core/conversation/deadlines';
import type { Database, Tx } from '../client';
import { writeClaim } from './claim-row';
import {
  deadlinesOf,
  isHandedOutRow,
  lockRows,
  policyOf,
  readRow,
  toState,
  type ConversationRow,
} from '../conversation/conversation-row';
import { Effects, type HandOut } from '../effects';
import { lockAgents, writeLoad, type LockedAgent } from '../agents/locked-agent';
import { headsOfLines } from './heads-of-lines';
import { candidatesOf, noteServed } from './candidates';
import { LEFT_LINE } from './place-in-line';
import { prepared } from '../prepared';
import { clockFor } from './queue-clock';
import { writeReceipt } from './receipt';
import { deadlineColumns } from '../conversation/write-conversation';

const DONE = prepared('DELETE FROM hand_out WHERE id = $1');

/** Serves one row of hand_out until nothing more can be given for it, then deletes it. Returns what it left to do. */
export async function serveHandOut(db: Database, handOut: HandOut): Promise<Effects> {
  const effects = new Effects();
  if (handOut.agentId) {
    for (;;) {
      const given = await giveNext(db, handOut.agentId, handOut.reason, {
        handOutId: handOut.id,
      });
      effects.add(given.effects);
      if (!given.value.more) return effects;
    }
  }
  if (handOut.conversationId) {
    effects.add(await placeConversation(db, handOut.conversationId, handOut.reason));
  }
  await db.query(DONE, [handOut.id]);
  return effects;
}

/** What has just come into a closed queue is tried once; what came back into its line waits for the opening. */
const HAS_COME = ['created', 'transferred'];

async function placeConversation(db: Database, id: string, trigger: string): Promise<Effects> {
  const effects = new Effects();
  const tried = new Set<string>();
  for (;;) {
    const row = await readRow(db, id);
    // Placed, or closed.
    if (row?.status !== 'open' || row.placement !== 'queued') return effects;
    const found = await candidatesOf(db, row);
    const handedOut = isHandedOutRow(row);
    const hasCome = HAS_COME.includes(trigger);
    const best =
      handedOut && (row.queue_open || hasCome)
        ? found.ranked.find((r) => r.passedOver === null && !tried.has(r.candidate.agentId))
        : undefined;
    if (!best) {
      // For agents to pull by themselves, or nobody can get it.
      const result = handedOut ? 'waiting' : 'pull';
      const written = await db.transaction((tx) => writeReceipt(tx, { ...found, trigger, result }));
      effects.add(written.effects);
      return effects;
    }
    const { agentId } = best.candidate;
    const given = await giveNext(db, agentId, trigger, { tried: hasCome ? id : null });
    effects.add(given.effects);
    // Somebody else filled the agent meanwhile: the next best one.
    if (!given.value.given) tried.add(agentId);
  }
}

interface Outcome {
  /** The conversation; null where there was none for the agent, or no room. */
  readonly given: string | null;
  /** Whether the agent may have room for one more of those that stand in line. */
  readonly more: boolean;
}

/**
 * Gives one agent the first of all lines the agent can serve, if there is any and room for it. Where that leaves
 * nothing more to give, the hand-out is deleted with the same commit; whatever comes into line from now on brings a
 * hand-out of its own. `tried` is a conversation that is looked at even if its queue is closed.
 */
export function giveNext(
  db: Database,
  agentId: string,
  trigger: string,
  { handOutId, tried = null }: { handOutId?: string; tried?: string | null } = {},
): Promise<{ value: Outcome; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    const free = agent?.state === 'available' && !agent.absent_since;
    const outcome = free
      ? await giveFirst(tx, agent, trigger, tried)
      : { given: null, more: false };
    if (!outcome.more && handOutId) await tx.query(DONE, [handOutId]);
    return outcome;
  });
}

async function giveFirst(
  tx: Tx,
  agent: LockedAgent,
  trigger: string,
  tried: string | null,
): Promise<Outcome> {
  const skipped: string[] = [];
  for (;;) {
    const heads = await headsOfLines(tx, agent, skipped, tried);
    const [head] = heads;
    if (!head) return { given: null, more: false };
    const row = (await lockRows(tx, [head.id])).get(head.id);
    const stands =
      row?.status === 'open' &&
      row.placement === 'queued' &&
      row.queue_id === head.queueId &&
      row.line === head.line;
    if (!row || !stands || row.excluded.includes(agent.id)) {
      // Taken while we waited for its lock: choose again from the start, without it.
      skipped.push(head.id);
      continue;
    }
    await give(tx, row, agent, trigger);
    return { given: row.id, more: heads.some((each) => each.mayGetMore(agent)) };
  }
}

async function give(
  tx: Tx,
  row: ConversationRow,
  agent: LockedAgent,
  trigger: string,
): Promise<void> {
  const policy = policyOf(row);
  const offer = policy.delivery === 'offer';
  const units = reserved(
    'open',
    'assigned',
    unitsOf(row.channel_kind, agent.unit_overrides, row.queue_settings.unitOverrides ?? {}),
    1,
  );
  const placement = offer ? 'offered' : 'assigned';
  const clock = await clockFor(tx, row);
  const { now } = clock;
  const excluded = offer ? row.excluded : [];
  const returning = row.preferred_agent_id === agent.id;
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    {
      ...toState(row),
      placement,
      ownerId: agent.id,
      excluded: excluded.length,
      quietSince: now,
    },
    clock,
  );
  const waitMs = row.queued_since ? now - row.queued_since.getTime() : 0;
  const kind = offer ? 'offer' : 'assign';
  await writeClaim(
    tx,
    row,
    {
      kind,
      agentId: agent.id,
      actor: { kind: 'system' },
      event: offer ? 'offered' : returning ? 'assignedReturning' : 'assignedAutomatically',
      ...(offer && returning ? { data: { agentId: agent.id, returning } } : {}),
    },
    {
      placement,
      owner_id: agent.id,
      reserved_units: units,
      over_capacity: false,
      excluded,
      ...(offer ? {} : { last_agent_id: agent.id, held_since: row.now, ...LEFT_LINE }),
      ...deadlineColumns(deadlines),
    },
  );
  await writeReceipt(tx, {
    ...(await candidatesOf(tx, row)),
    trigger,
    result: kind,
    agentId: agent.id,
    claimNo: row.claim_no + 1,
    waitMs,
  });
  tx.effects.handed.push({ trigger, waitMs });
  if (!offer) await noteServed(tx, row, agent.id);
  await writeLoad(tx, agent, 'given', { by: offer ? 'offer' : 'handOut', at: row.now });
}
