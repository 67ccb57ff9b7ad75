/**
 * Hand-out, always from the agent's side: lock the agent, give the first of the agent's lines. A conversation's
 * trigger only chooses a candidate agent and repeats until that conversation is placed or nobody is left.
 */
import { reserved, unitsOf } from '../core/capacity/units';
import { deadlinesAfter } from '../core/conversation/deadlines';
import type { Database, Tx } from './client';
import { writeClaim } from './claim-row';
import { deadlinesOf, lockRows, policyOf, toState, type ConversationRow } from './conversation-row';
import { Effects, type HandOut } from './effects';
import { lockAgents, writeLoad, type LockedAgent } from './locked-agent';
import { headsOfLines } from './queries/heads-of-lines';
import { candidatesFor, firstEligible } from './candidates';
import { writeReceipt } from './receipt';
import { deadlineColumns, writeEvent } from './write-conversation';

/** Serves one row of hand_out until nothing more can be given for it, then deletes it. Returns what it left to do. */
export async function serveHandOut(db: Database, handOut: HandOut): Promise<Effects> {
  const effects = new Effects();
  if (handOut.agentId) {
    for (;;) {
      const given = await giveNext(db, handOut.agentId, handOut.reason);
      effects.add(given.effects);
      if (!given.value) break;
    }
  } else if (handOut.conversationId) {
    effects.add(await placeConversation(db, handOut.conversationId, handOut.reason));
  }
  await db.query('DELETE FROM hand_out WHERE id = $1', [handOut.id]);
  return effects;
}

async function placeConversation(db: Database, id: string, trigger: string): Promise<Effects> {
  const effects = new Effects();
  const tried = new Set<string>();
  for (;;) {
    const found = await candidatesFor(db, id);
    // Placed, closed, or for agents to pull by themselves.
    if (!found) return effects;
    const best = firstEligible(found.candidates, tried);
    if (!best) {
      const written = await db.transaction((tx) =>
        writeReceipt(tx, { ...found, trigger, result: 'waiting' }),
      );
      effects.add(written.effects);
      return effects;
    }
    const given = await giveNext(db, best.agentId, trigger);
    effects.add(given.effects);
    // Somebody else filled the agent meanwhile: the next best one.
    if (!given.value) tried.add(best.agentId);
  }
}

/** Gives one agent the first of all lines the agent can serve. Null where there is nothing to give or no room. */
export function giveNext(
  db: Database,
  agentId: string,
  trigger: string,
): Promise<{ value: string | null; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    if (!agent || agent.state !== 'available' || agent.absent_since) return null;
    const skipped: string[] = [];
    for (;;) {
      const head = (await headsOfLines(tx, agent, skipped))[0];
      if (!head) return null;
      const row = (await lockRows(tx, [head.id])).get(head.id);
      const stands =
        row?.status === 'open' && row.placement === 'queued' && row.queue_id === head.queueId;
      if (!row || !stands || row.excluded.includes(agent.id)) {
        // Taken while we waited for its lock: choose again from the start, without it.
        skipped.push(head.id);
        continue;
      }
      await give(tx, row, agent, trigger);
      return row.id;
    }
  });
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
  const now = row.now.getTime();
  const excluded = offer ? row.excluded : [];
  const deadlines = deadlinesAfter(
    { ownerId: row.owner_id, deadlines: deadlinesOf(row) },
    {
      ...toState(row),
      placement,
      ownerId: agent.id,
      excluded: excluded.length,
      quietSince: now,
    },
    now,
  );
  const waitMs = row.queued_since ? now - row.queued_since.getTime() : 0;
  const kind = offer ? 'offer' : 'assign';
  const rev = await writeClaim(
    tx,
    row,
    { kind, agentId: agent.id, actor: { kind: 'system' } },
    {
      placement,
      owner_id: agent.id,
      reserved_units: units,
      over_capacity: false,
      excluded,
      ...(offer
        ? {}
        : { last_agent_id: agent.id, held_since: row.now, queued_since: null, front: false }),
      ...deadlineColumns(deadlines),
    },
  );
  await writeEvent(tx, {
    conversationId: row.id,
    rev,
    afterSeq: row.last_seq,
    kind: offer ? 'offered' : 'assignedAutomatically',
    data: { agentId: agent.id },
    actor: { kind: 'system' },
  });
  const found = await candidatesFor(tx, row.id, agent.id);
  if (found) {
    await writeReceipt(tx, {
      ...found,
      trigger,
      result: kind,
      agentId: agent.id,
      claimNo: row.claim_no + 1,
      waitMs,
    });
  }
  if (!offer) {
    await tx.query('UPDATE agent SET last_assigned_at = $2 WHERE id = $1', [agent.id, row.now]);
  }
  tx.effects.handed.push({ trigger, waitMs });
  await writeLoad(tx, agent, 'given');
}
