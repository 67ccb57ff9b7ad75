/** Agents coming, pausing and going. Each change is one transaction under the agent's lock, with what follows from it. */
import type { Giver } from '../../core/conversation/types';
import { AppError } from '../../core/errors';
import { leaving, type HeldStatus, type LogoutPolicy } from '../../core/presence/leaving';
import { writeAudit, type AuditActor } from '../audit';
import type { Database, Tx } from '../client';
import { withdrawOffers } from '../routing/claim-back';
import type { Effects } from '../effects';
import { lockAgents, type LockedAgent } from './locked-agent';
import { readSettings } from '../settings';
import { writeCommand } from '../conversation/write-command';
import { lockRows } from '../conversation/conversation-row';
import { writeHandOut } from '../conversation/write-conversation';

/** How long a session may be silent before its agent counts as absent. */
const SILENT_SECONDS = 60;

type Change = (tx: Tx, agent: LockedAgent) => Promise<void>;

/** Changes an agent under lock. @throws AppError NOT_FOUND */
export function underLock(
  db: Database,
  agentId: string,
  change: Change,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    if (!agent) throw new AppError('NOT_FOUND');
    await change(tx, agent);
    tx.effects.agents.add(agentId);
  });
}

/** A session has begun: the agent is available (or paused, as asked) and gets work at once. */
export function agentLoggedIn(
  db: Database,
  agentId: string,
  state: 'available' | 'paused' = 'available',
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    const stays = agent.state !== 'logged_off';
    await tx.query(
      `UPDATE agent SET absent_since = NULL, missed_offers = 0,
              state = CASE WHEN $3 THEN state ELSE $2::agent_state END,
              state_since = CASE WHEN $3 THEN state_since ELSE app_now() END
        WHERE id = $1`,
      [agentId, state, stays],
    );
    await writeHandOut(tx, { agentId }, 'login');
  });
}

/** What a supervisor does to another agent: who, and what becomes of what that agent holds. */
export interface Supervised {
  readonly by: AuditActor;
  readonly open?: 'keep' | 'release' | undefined;
}

/**
 * Sets available or paused. A pause takes back the agent's pending offers; conversations stay, unless a supervisor says
 * otherwise.
 * @throws AppError NOT_FOUND, AGENT_NOT_LOGGED_IN
 */
export function setAgentState(
  db: Database,
  agentId: string,
  state: 'available' | 'paused',
  reason: string | null,
  supervised: Supervised | null = null,
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    if (agent.state === 'logged_off') throw new AppError('AGENT_NOT_LOGGED_IN');
    await tx.query(
      `UPDATE agent SET state = $2, pause_reason = $3, missed_offers = 0,
              state_since = CASE WHEN state = $2 THEN state_since ELSE app_now() END
        WHERE id = $1`,
      [agentId, state, state === 'paused' ? reason : null],
    );
    if (state === 'paused') await withdrawOffers(tx, agent, 'paused');
    else await writeHandOut(tx, { agentId }, 'unpaused');
    if (!supervised) return;
    const { by, open } = supervised;
    await writeAudit(tx, by, 'agent.state', `agent/${agentId}`, { state, reason, open });
    if (state !== 'paused' || open !== 'release') return;
    const held = await heldBy(tx, agentId);
    await releaseAll(tx, agent, liveOf(held), { cause: 'agent paused', giver: asSupervisor(by) });
  });
}

const asSupervisor = (by: AuditActor): Giver => ({ kind: 'supervisor', id: by.id });

/** What becomes of an agent's sessions and open conversations. */
export interface Leaving {
  /** One session; all of them where none is named. */
  readonly sessionId?: string | undefined;
  readonly open?: 'keep' | 'release' | undefined;
  /** A supervisor who does it to somebody else, and why. */
  readonly by?: AuditActor | undefined;
  readonly reason?: string | undefined;
}

/**
 * Ends sessions of an agent (all of them where none is named). With the last one the agent is logged off, offers go
 * back, and conversations are released at once or after the grace of an absent agent, as the house or the request says.
 * @throws AppError OPEN_CONVERSATIONS where there are some and nobody says what to do with them; LOGOUT_REFUSED where
 *   the house lets no agent go with them
 */
export function endSessions(
  db: Database,
  agentId: string,
  options: Leaving,
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    await endSessionsOf(tx, agent, options, (await readSettings(tx)).onLogout);
    const { by, open, reason } = options;
    if (by) await writeAudit(tx, by, 'agent.logout', `agent/${agentId}`, { open, reason });
  });
}

/** The same for a locked agent, as part of a larger transaction. */
export async function endSessionsOf(
  tx: Tx,
  agent: LockedAgent,
  options: Leaving,
  policy: LogoutPolicy,
): Promise<void> {
  await tx.query(
    `UPDATE session SET ended_at = app_now()
      WHERE agent_id = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id = $2)`,
    [agent.id, options.sessionId ?? null],
  );
  const left = await tx.query(
    'SELECT 1 FROM session WHERE agent_id = $1 AND ended_at IS NULL AND expires_at > app_now() LIMIT 1',
    [agent.id],
  );
  if (left.length > 0) return;
  const { open, by } = options;
  const held = await heldBy(tx, agent.id);
  const leave = leaving(policy, countByStatus(held), open, by !== undefined);
  if (!leave.may) throw new AppError(leave.code, { ...leave.details });
  await logOff(tx, agent);
  if (leave.then === 'keep') return;
  const giver = by ? asSupervisor(by) : SYSTEM;
  await releaseAll(tx, agent, liveOf(held), { cause: 'logged out', giver });
}

async function logOff(tx: Tx, agent: LockedAgent): Promise<void> {
  await tx.query(
    `UPDATE agent SET state = 'logged_off', pause_reason = NULL, state_since = app_now(),
            absent_since = coalesce(absent_since, app_now()) WHERE id = $1`,
    [agent.id],
  );
  await withdrawOffers(tx, agent, 'logged out');
}

interface HeldRow extends Record<string, unknown> {
  readonly id: string;
  readonly status: HeldStatus;
}

const heldBy = (tx: Tx, agentId: string): Promise<HeldRow[]> =>
  tx.query<HeldRow>(
    `SELECT id, status FROM conversation
      WHERE owner_id = $1 AND placement = 'assigned' AND status IN ('open', 'waiting', 'solved')`,
    [agentId],
  );

const countByStatus = (held: readonly HeldRow[]): Partial<Record<HeldStatus, number>> =>
  held.reduce<Partial<Record<HeldStatus, number>>>(
    (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
    {},
  );

const liveOf = (held: readonly HeldRow[]): string[] =>
  held.filter(({ status }) => status !== 'solved').map(({ id }) => id);

const SYSTEM: Giver = { kind: 'system' };

/** Why conversations leave an agent, and who says so. */
export interface Release {
  readonly cause: string;
  readonly giver: Giver;
  /** Where they leave because the agent is away: since when. The release is void once the agent is back. */
  readonly awaySince?: Date;
}

/** Writes a `release` for each, naming agent, claim and absence, so that one which has moved on is left alone. */
export async function releaseAll(
  tx: Tx,
  agent: LockedAgent,
  ids: readonly string[],
  { cause, giver, awaySince }: Release,
): Promise<void> {
  const rows = await lockRows(tx, ids);
  for (const row of rows.values()) {
    if (row.owner_id !== agent.id || row.placement !== 'assigned') continue;
    await writeCommand(tx, {
      conversationId: row.id,
      name: 'release',
      args: {
        agentId: agent.id,
        claimNo: row.claim_no,
        cause,
        ...(awaySince ? { absentSince: awaySince.getTime() } : {}),
      },
      giver,
      key: `release/${agent.id}/${row.claim_no}/${row.version}/${row.last_command_number}`,
      afterSeq: row.last_in_seq,
    });
  }
}

/** A sign of life. Brings an absent agent back, and cheap otherwise. */
export async function heartbeat(
  db: Database,
  agentId: string,
  sessionId: string,
): Promise<Effects | null> {
  const rows = await db.query<{ absent: boolean }>(
    `UPDATE session s SET last_seen_at = app_now() FROM agent a
      WHERE s.id = $1 AND a.id = s.agent_id AND s.ended_at IS NULL
      RETURNING a.absent_since IS NOT NULL AS absent`,
    [sessionId],
  );
  if (!rows[0]?.absent) return null;
  return (await agentLoggedIn(db, agentId)).effects;
}

/**
 * Agents of whom nothing was heard for a minute: those to whom `markAbsent` applies. Each is marked in a transaction
 * of its own, so that locks keep their order.
 */
export async function silentAgents(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT a.id FROM agent a
      WHERE a.state <> 'logged_off' AND a.absent_since IS NULL AND NOT EXISTS (
        SELECT 1 FROM session s WHERE s.agent_id = a.id AND s.ended_at IS NULL AND s.expires_at > app_now()
           AND s.last_seen_at > app_now() - make_interval(secs => $1))
      ORDER BY a.id LIMIT 100`,
    [SILENT_SECONDS],
  );
  return rows.map((r) => r.id);
}

/** Marks a silent agent as absent; logs off one whose sessions are all over. Offers go back to their line. */
export function markAbsent(
  db: Database,
  agentId: string,
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    if (agent.absent_since || agent.state === 'logged_off') return;
    const sessions = await tx.query<{ heard: boolean }>(
      `SELECT last_seen_at > app_now() - make_interval(secs => $2) AS heard FROM session
        WHERE agent_id = $1 AND ended_at IS NULL AND expires_at > app_now()`,
      [agentId, SILENT_SECONDS],
    );
    if (sessions.some((s) => s.heard)) return;
    if (sessions.length === 0) {
      await logOff(tx, agent);
      return;
    }
    await tx.query('UPDATE agent SET absent_since = app_now() WHERE id = $1', [agentId]);
    await withdrawOffers(tx, agent, 'absent');
  });
}

/** Grace of an absent agent's conversations, in seconds. */
export interface Grace {
  readonly liveChat: number;
  readonly others: number;
}

const OVERDUE_OWNER = `
  a.absent_since IS NOT NULL AND c.placement = 'assigned' AND c.status IN ('open', 'waiting')
  AND a.absent_since + make_interval(secs => CASE c.channel_kind WHEN 'live-chat' THEN $1::int ELSE $2::int END)
      < app_now()
  AND NOT EXISTS (SELECT 1 FROM command m
                   WHERE m.conversation_id = c.id AND m.name = 'release' AND m.outcome IS NULL)`;

/** Agents who stayed away longer than the grace of a conversation that they hold. */
export async function overdueOwners(db: Database, grace: Grace): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT DISTINCT a.id FROM agent a JOIN conversation c ON c.owner_id = a.id
      WHERE ${OVERDUE_OWNER} ORDER BY a.id LIMIT 100`,
    [grace.liveChat, grace.others],
  );
  return rows.map((r) => r.id);
}

/** Releases what an absent agent holds beyond its grace. */
export function releaseOfAbsent(
  db: Database,
  agentId: string,
  grace: Grace,
): Promise<{ value: void; effects: Effects }> {
  return underLock(db, agentId, async (tx, agent) => {
    if (!agent.absent_since) return;
    const late = await tx.query<{ id: string }>(
      `SELECT c.id FROM agent a JOIN conversation c ON c.owner_id = a.id
        WHERE a.id = $3 AND ${OVERDUE_OWNER}`,
      [grace.liveChat, grace.others, agentId],
    );
    const ids = late.map((l) => l.id);
    const awaySince = agent.absent_since;
    await releaseAll(tx, agent, ids, { cause: 'agent absent', giver: SYSTEM, awaySince });
  });
}
