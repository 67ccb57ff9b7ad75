/** The members of a queue as candidates for what stands in its line, in the order of the queue's rule. */
import { unitsOf, type UnitOverrides } from '../../core/capacity/units';
import type { Candidate } from '../../core/routing/candidate';
import { rank, seedOf, type Ranked, type Rule } from '../../core/routing/rank';
import { met, type Wishes } from '../../core/routing/wishes';
import type { Database, Tx } from '../client';
import { ruleOf, skillsOf, type ConversationRow } from '../conversation/conversation-row';
import { handledToday } from './handled-today';
import { AGENT_FACTS, countOf, isLoggedIn, type AgentFacts } from '../agents/locked-agent';
import { prepared } from '../prepared';

export interface Candidates {
  readonly conversationId: string;
  readonly queueId: string;
  readonly policyVersion: number;
  /** Whether the queue is open now. */
  readonly open: boolean;
  readonly rule: Rule;
  readonly seed: number;
  /** In the order of the distribution, with what speaks against each. */
  readonly ranked: readonly Ranked[];
  /** How long it has waited, milliseconds. */
  readonly waitMs: number;
}

/** What stands in line, as far as it says what it costs an agent and wants of one. */
export interface Asked {
  readonly queueId: string;
  readonly kind: string;
  readonly unitOverrides: UnitOverrides;
  readonly wishes: Wishes;
}

/** What a conversation asks. */
export const askedBy = (row: ConversationRow): Asked => ({
  queueId: row.queue_id,
  kind: row.channel_kind,
  unitOverrides: row.queue_settings.unitOverrides ?? {},
  wishes: {
    skills: skillsOf(row),
    relaxed: row.relaxed,
    preferredAgentId: row.preferred_agent_id,
    kept: row.preferred_until !== null,
  },
});

/** What an agent is to a queue. */
export interface Membership {
  readonly position: number;
  readonly penalty: number;
  readonly served_at: Date | null;
}

/** For what does not go by the order of the members. */
export const ANY_MEMBER: Membership = { position: 0, penalty: 0, served_at: null };

export const MEMBERS = prepared(
  `SELECT ${AGENT_FACTS}, m.position, m.penalty, m.served_at
     FROM queue_member m JOIN agent a ON a.id = m.agent_id
    WHERE m.queue_id = $1 AND a.archived_at IS NULL`,
);

/** The members of its queue as candidates for a conversation in line. */
export async function candidatesOf(
  on: Pick<Database | Tx, 'query'>,
  row: ConversationRow,
): Promise<Candidates> {
  const members = await on.query<AgentFacts & Membership>(MEMBERS, [row.queue_id]);
  const rule = ruleOf(row);
  const handled = await handledToday(
    on,
    {
      distribution: rule.distribution,
      hoursMode: row.queue_hours_mode,
      calendarId: row.queue_calendar_id,
    },
    members.map(({ id }) => id),
  );
  const asked = askedBy(row);
  const candidates = members.map((member) => ({
    ...toCandidate(member, asked, member),
    excluded: row.excluded.includes(member.id),
    handledToday: handled.get(member.id) ?? 0,
  }));
  const seed = seedOf(Number(row.number), row.claim_no);
  return {
    conversationId: row.id,
    queueId: row.queue_id,
    policyVersion: row.queue_version,
    open: row.queue_open,
    rule,
    seed,
    ranked: rank(candidates, rule, seed),
    waitMs: row.queued_since ? row.now.getTime() - row.queued_since.getTime() : 0,
  };
}

/** An agent as what stands in line sees them; not excluded, and with nothing handled today. */
export function toCandidate(agent: AgentFacts, asked: Asked, membership: Membership): Candidate {
  const ms = (at: Date | null): number | null => at?.getTime() ?? null;
  const held = countOf(agent.holding);
  return {
    agentId: agent.id,
    loggedIn: isLoggedIn(agent),
    state: agent.state,
    inConversation: agent.in_conversation,
    onCall: agent.on_call,
    member: true,
    position: membership.position,
    penalty: membership.penalty,
    servesKind: agent.channel_kinds.length === 0 || agent.channel_kinds.includes(asked.kind),
    ...met(asked.wishes, agent.id, agent.skills),
    excluded: false,
    usedUnits: agent.used_units,
    maxUnits: agent.max_units,
    units: unitsOf(asked.kind, agent.unit_overrides, asked.unitOverrides),
    held,
    heldHere: countOf(agent.holding, { queueId: asked.queueId }),
    heldOfKind: countOf(agent.holding, { kind: asked.kind }),
    mostOfKind: agent.most_of_kinds[asked.kind] ?? null,
    lastAssignedAt: ms(agent.last_assigned_at),
    servedAt: ms(membership.served_at),
    notifiedAt: ms(agent.notified_at),
    // Whoever was away or on a break has not waited for work.
    idleSince: held > 0 ? null : Math.max(ms(agent.idle_since) ?? 0, agent.state_since.getTime()),
    handledToday: 0,
  };
}

const SERVED = prepared(
  'UPDATE queue_member SET served_at = $3 WHERE queue_id = $1 AND agent_id = $2',
);

/** Notes that the agent got this conversation, where the queue's distribution goes by that. */
export async function noteServed(tx: Tx, row: ConversationRow, agentId: string): Promise<void> {
  if (row.queue_distribution !== 'round-robin') return;
  await tx.query(SERVED, [row.queue_id, agentId, row.now]);
}
