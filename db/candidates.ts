import { unitsOf, type UnitOverrides } from '../core/capacity/units';
import { leastLoaded } from '../core/routing/distribution';
import { passedOver, type Candidate } from '../core/routing/eligibility';
import type { Database, Tx } from './client';
import { readRow, type ConversationRow } from './conversation-row';
import { prepared } from './prepared';

export interface Candidates {
  readonly conversationId: string;
  readonly queueId: string;
  readonly policyVersion: number;
  /** In the order of the distribution, eligible or not. */
  readonly candidates: readonly Candidate[];
  /** How long it has waited, milliseconds. */
  readonly waitMs: number;
}

export const MEMBERS = prepared(
  `SELECT a.id, a.state, a.absent_since IS NOT NULL AS absent, a.channel_kinds, a.max_units, a.used_units,
          a.unit_overrides, a.last_assigned_at
     FROM queue_member m JOIN agent a ON a.id = m.agent_id
    WHERE m.queue_id = $1 AND a.archived_at IS NULL`,
);

/** The candidates for a conversation; null where it is not in a line that is handed out. */
export async function candidatesFor(
  on: Pick<Database | Tx, 'query'>,
  id: string,
): Promise<Candidates | null> {
  const row = await readRow(on, id);
  if (row?.status !== 'open' || row.placement !== 'queued' || row.queue_delivery === 'manual') {
    return null;
  }
  return candidatesOf(on, row);
}

/** The members of its queue as candidates for a conversation in line. */
export async function candidatesOf(
  on: Pick<Database | Tx, 'query'>,
  row: ConversationRow,
): Promise<Candidates> {
  const members = await on.query<{
    id: string;
    state: Candidate['state'];
    absent: boolean;
    channel_kinds: string[];
    max_units: number;
    used_units: number;
    unit_overrides: UnitOverrides;
    last_assigned_at: Date | null;
  }>(MEMBERS, [row.queue_id]);
  const candidates = members.map((m) => ({
    agentId: m.id,
    loggedIn: m.state !== 'logged_off' && !m.absent,
    state: m.state,
    member: true,
    servesKind: m.channel_kinds.length === 0 || m.channel_kinds.includes(row.channel_kind),
    excluded: row.excluded.includes(m.id),
    usedUnits: m.used_units,
    maxUnits: m.max_units,
    units: unitsOf(row.channel_kind, m.unit_overrides, row.queue_settings.unitOverrides ?? {}),
    lastAssignedAt: m.last_assigned_at?.getTime() ?? null,
  }));
  return {
    conversationId: row.id,
    queueId: row.queue_id,
    policyVersion: row.queue_version,
    candidates: candidates.sort(leastLoaded),
    waitMs: row.queued_since ? row.now.getTime() - row.queued_since.getTime() : 0,
  };
}

/** The best candidate that nothing speaks against and that was not tried in vain. */
export function firstEligible(
  candidates: readonly Candidate[],
  tried: ReadonlySet<string>,
): Candidate | null {
  return candidates.find((c) => passedOver(c) === null && !tried.has(c.agentId)) ?? null;
}
