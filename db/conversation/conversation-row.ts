import type {
  ConversationState,
  Deadlines,
  Placement,
  Policy,
  Status,
  SurveyState,
} from '../../core/conversation/types';
import { inLineDeadlines } from '../../core/conversation/deadlines';
import type { HoursMode } from '../../core/hours/queue-hours';
import type { Place } from '../../core/routing/place';
import type { Skills } from '../../core/routing/skills';
import type { DistributionName } from '../../core/routing/distribution/distributions';
import type { EligibilityName } from '../../core/routing/eligibility/eligibility';
import { policyFor, type QueueSettings } from '../../core/routing/policy';
import { isHandedOut, ruleFor, type Rule } from '../../core/routing/rank';
import type { Database, Tx } from '../client';
import type { InLine } from '../routing/place-in-line';
import { prepared } from '../prepared';

/** A conversation as Postgres has it, with the queue's settings that hold for its next transition. */
export interface ConversationRow {
  id: string;
  number: string;
  channel_id: string;
  channel_kind: string;
  identity_id: string;
  contact_id: string | null;
  queue_id: string;
  chat_like: boolean;
  version: number;
  loaded_version: number;
  status: Status;
  survey: SurveyState;
  survey_after_seq: number | null;
  round_end_at: Date | null;
  snooze_until: Date | null;
  survey_expires_at: Date | null;
  confirm_at: Date | null;
  first_response_at: Date | null;
  next_deadline_at: Date | null;
  closed_at: Date | null;
  closed_after_seq: number | null;
  superseded_by_id: string | null;
  placement: Placement | null;
  owner_id: string | null;
  expires_at: Date | null;
  reserved_units: number;
  claim_no: number;
  seen_claim_no: number;
  last_agent_id: string | null;
  held_since: Date | null;
  priority: number;
  front: boolean;
  queued_since: Date | null;
  excluded: string[];
  line_since: Date | null;
  ladder_step: number;
  ladder_at: Date | null;
  visited: string[];
  required_skills: string[];
  preferred_skills: string[];
  relaxed: boolean;
  urgent: boolean;
  preferred_agent_id: string | null;
  preferred_until: Date | null;
  alerted_at: Date | null;
  line: string;
  transfer_to_id: string | null;
  transfer_until: Date | null;
  transfer_units: number;
  last_seq: number;
  last_in_seq: number;
  last_out_seq: number;
  last_message_at: Date | null;
  window_expires_at: Date | null;
  window_mode: string | null;
  first_reply_at: Date | null;
  unread: number;
  rev: string;
  last_command_number: number;
  queue_version: number;
  queue_delivery: 'auto' | 'offer' | 'manual';
  queue_open: boolean;
  queue_eligibility: EligibilityName;
  queue_distribution: DistributionName;
  queue_settings: QueueSettings;
  queue_weight: number;
  queue_hours_mode: HoursMode;
  queue_calendar_id: string | null;
  /** The database's now. */
  now: Date;
}

/** By name: what a migration adds must not change what a prepared statement answers. */
const COLUMNS = `
  c.id, c.number, c.channel_id, c.channel_kind, c.identity_id, c.contact_id, c.queue_id,
  c.chat_like, c.version, c.loaded_version, c.status, c.survey, c.survey_after_seq,
  c.round_end_at, c.snooze_until, c.survey_expires_at, c.confirm_at, c.first_response_at,
  c.next_deadline_at, c.closed_at, c.closed_after_seq, c.superseded_by_id, c.placement,
  c.owner_id, c.expires_at, c.reserved_units, c.claim_no, c.seen_claim_no, c.last_agent_id,
  c.held_since, c.priority, c.front, c.queued_since, c.excluded, c.last_seq, c.last_in_seq,
  c.line_since, c.ladder_step, c.ladder_at, c.visited, c.required_skills, c.preferred_skills, c.relaxed, c.urgent,
  c.preferred_agent_id, c.preferred_until, c.alerted_at, c.line,
  c.transfer_to_id, c.transfer_until, c.transfer_units,
  c.last_out_seq, c.last_message_at, c.window_expires_at, c.window_mode, c.first_reply_at,
  c.unread, c.rev, c.last_command_number,
  q.version AS queue_version, q.delivery AS queue_delivery, q.open AS queue_open, q.eligibility AS queue_eligibility,
  q.distribution AS queue_distribution, q.settings AS queue_settings, q.weight AS queue_weight,
  q.hours_mode AS queue_hours_mode, q.calendar_id AS queue_calendar_id, app_now() AS now`;
const READ = prepared(
  `SELECT ${COLUMNS} FROM conversation c JOIN queue q ON q.id = c.queue_id WHERE c.id = ANY($1)`,
);

/** Reads one row without a lock; null where there is none. */
export async function readRow(
  on: Pick<Database | Tx, 'query'>,
  id: string,
): Promise<ConversationRow | null> {
  const rows = await on.query<ConversationRow>(READ, [[id]]);
  return rows[0] ?? null;
}

/**
 * The locked version of each row comes back also where it had to be waited for, but its queue as it was when the
 * statement began: `moved` tells that somebody wrote the row in between.
 */
const LOCK = prepared(
  `WITH locked AS MATERIALIZED (
     SELECT *, xmin AS written_by FROM conversation WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE)
   SELECT ${COLUMNS}, (SELECT s.xmin FROM conversation s WHERE s.id = c.id) IS DISTINCT FROM c.written_by AS moved
     FROM locked c LEFT JOIN queue q ON q.id = c.queue_id`,
);

/**
 * Locks conversations in the one order (by id) and reads what they are now. Only where one of them was written while
 * we waited is there a second statement to read them with their queues.
 */
export async function lockRows(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, ConversationRow>> {
  const unique = [...new Set(ids)];
  const locked = await tx.query<ConversationRow & { moved: boolean }>(LOCK, [unique]);
  const rows = locked.some((row) => row.moved)
    ? await tx.query<ConversationRow>(READ, [unique])
    : locked;
  return new Map(rows.map((row) => [row.id, row]));
}

/** By what the row's queue chooses agents. */
export const ruleOf = (row: ConversationRow): Rule =>
  ruleFor({
    eligibility: row.queue_eligibility,
    distribution: row.queue_distribution,
    settings: row.queue_settings,
  });

/** True where the product gives what stands in the line of the row's queue to agents. */
export const isHandedOutRow = (row: ConversationRow): boolean =>
  isHandedOut(ruleOf(row), row.queue_delivery);

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

export function policyOf(row: ConversationRow): Policy {
  return policyFor(
    { version: row.queue_version, delivery: row.queue_delivery, settings: row.queue_settings },
    row.channel_kind,
  );
}

/** When its agent last got it or somebody last wrote, whichever is later: a wait in line is nobody's idleness. */
export function heldOrSpoken(row: ConversationRow): number | null {
  return Math.max(ms(row.last_message_at) ?? 0, ms(row.held_since) ?? 0) || null;
}

/** Its place in line, as stored. */
export function placeOf(row: ConversationRow): Place {
  return {
    queuedSince: ms(row.queued_since),
    lineSince: ms(row.line_since),
    front: row.front,
    ladderStep: row.ladder_step,
    visited: row.visited,
    relaxed: row.relaxed,
    urgent: row.urgent,
    preferredAgentId: row.preferred_agent_id,
    preferredUntil: ms(row.preferred_until),
    alertedAt: ms(row.alerted_at),
  };
}

/** By what its place becomes a key and a line. */
export const amongOf = (row: ConversationRow): InLine => ({
  queueId: row.queue_id,
  kind: row.channel_kind,
  weight: row.queue_weight,
  settings: row.queue_settings,
  priority: row.priority,
  skills: skillsOf(row),
});

/** What it asks of its agent. */
export const skillsOf = (row: ConversationRow): Skills => ({
  required: row.required_skills,
  preferred: row.preferred_skills,
});

export function deadlinesOf(row: ConversationRow): Deadlines {
  const policy = policyOf(row);
  const held = row.status === 'open' && row.placement === 'assigned';
  const since = heldOrSpoken(row) ?? row.now.getTime();
  return {
    offer: ms(row.expires_at),
    roundEnd: ms(row.round_end_at),
    snooze: ms(row.snooze_until),
    survey: ms(row.survey_expires_at),
    confirm: ms(row.confirm_at),
    firstResponse: row.first_reply_at ? null : ms(row.first_response_at),
    transfer: ms(row.transfer_until),
    idle: held && policy.idleMs !== null ? since + policy.idleMs : null,
    ...inLineDeadlines(
      { ...row, policy, ...lineFacts(row) },
      // Open hours were counted when the step was written.
      { now: row.now.getTime(), afterOpen: () => ms(row.ladder_at) },
    ),
  };
}

/** What the deadlines of a wait go by. */
function lineFacts(
  row: ConversationRow,
): Pick<ConversationState, 'place' | 'needsSkills' | 'windowExpiresAt'> {
  const windowed = row.window_mode !== null && row.window_mode !== 'none';
  return {
    place: placeOf(row),
    needsSkills: row.required_skills.length > 0,
    windowExpiresAt: windowed ? ms(row.window_expires_at) : null,
  };
}

/** The part that the rules see, and all that ever reaches Temporal. */
export function toState(row: ConversationRow): ConversationState {
  return {
    id: row.id,
    channelId: row.channel_id,
    channelKind: row.channel_kind,
    customerRef: row.identity_id,
    chatLike: row.chat_like,
    version: row.version,
    status: row.status,
    placement: row.placement,
    survey: row.survey,
    queueId: row.queue_id,
    ownerId: row.owner_id,
    lastAgentId: row.last_agent_id,
    transferToId: row.transfer_to_id,
    claimNo: row.claim_no,
    priority: row.priority,
    ...lineFacts(row),
    excluded: row.excluded.length,
    superseded: row.superseded_by_id !== null,
    closedAt: ms(row.closed_at),
    closedAfterSeq: row.closed_after_seq,
    lastInSeq: row.last_in_seq,
    lastOutSeq: row.last_out_seq,
    replied: row.first_reply_at !== null,
    deadlines: deadlinesOf(row),
    policy: policyOf(row),
  };
}
