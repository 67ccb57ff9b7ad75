/** Agents as configuration. Their coming and going is in presence.ts. */
import type { UnitOverrides } from '../../core/capacity/units';
import type { ChannelKind } from '../../core/channel-kinds';
import { AppError } from '../../core/errors';
import { writeAudit, type AuditActor } from '../audit';
import type { Database, Tx } from '../client';
import type { Effects } from '../effects';
import type { Prisma } from '../generated/client';
import { lockAgents, type LockedAgent } from './locked-agent';
import { endSessionsOf } from './presence';
import { insertRow, updateRow } from '../write-columns';
import { writeHandOut } from '../conversation/write-conversation';

type Role = 'agent' | 'supervisor' | 'admin';

export interface AgentFields {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly number?: string | null | undefined;
  readonly role?: Role | undefined;
  readonly passwordHash?: string | undefined;
  readonly channelKinds?: readonly string[] | undefined;
  readonly maxUnits?: number | undefined;
  readonly unitOverrides?: UnitOverrides | undefined;
  readonly mostOfKinds?: Partial<Record<string, number>> | undefined;
  readonly skills?: readonly string[] | undefined;
}

const withQueues = { memberships: { select: { queueId: true } } } as const;
type Row = Prisma.AgentGetPayload<{ include: typeof withQueues }>;

export interface Agent {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly number: string | null;
  readonly role: Role;
  readonly channelKinds: ChannelKind[];
  readonly maxUnits: number;
  readonly unitOverrides: Partial<Record<ChannelKind, number>>;
  readonly mostOfKinds: Partial<Record<ChannelKind, number>>;
  readonly skills: string[];
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly pauseReason: string | null;
  readonly inConversation: boolean;
  readonly stateSince: string;
  readonly absent: boolean;
  readonly onCall: boolean;
  readonly usedUnits: number;
  readonly queueIds: string[];
  readonly archived: boolean;
  readonly createdAt: string;
}

const toAgent = (row: Row): Agent => ({
  id: row.id,
  email: row.email,
  name: row.name,
  number: row.number,
  role: row.role,
  channelKinds: row.channelKinds as ChannelKind[],
  maxUnits: row.maxUnits,
  unitOverrides: row.unitOverrides as Agent['unitOverrides'],
  mostOfKinds: row.mostOfKinds as Agent['mostOfKinds'],
  skills: row.skills,
  state: row.state,
  pauseReason: row.pauseReason,
  inConversation: row.inConversation,
  stateSince: row.stateSince.toISOString(),
  absent: row.state !== 'logged_off' && row.absentSince !== null,
  onCall: row.onCall,
  usedUnits: row.usedUnits,
  queueIds: row.memberships.map((membership) => membership.queueId),
  archived: row.archivedAt !== null,
  createdAt: row.createdAt.toISOString(),
});

/** @throws AppError NOT_FOUND */
export async function readAgent(db: Database, id: string): Promise<Agent> {
  const row = await db.prisma.agent.findUnique({ where: { id }, include: withQueues });
  if (!row) throw new AppError('NOT_FOUND');
  return toAgent(row);
}

/** Agents by name, those after `after`. */
export async function listAgents(
  db: Database,
  filter: {
    search?: string | undefined;
    queueId?: string | undefined;
    state?: Agent['state'] | undefined;
    archived: boolean;
  },
  page: { limit: number; after: readonly [name: string, id: string] | null },
): Promise<Agent[]> {
  const { search, queueId, state } = filter;
  const contains = { contains: search ?? '', mode: 'insensitive' } as const;
  const and: Prisma.AgentWhereInput[] = [{ archivedAt: filter.archived ? { not: null } : null }];
  if (search !== undefined) and.push({ OR: [{ name: contains }, { email: contains }] });
  if (queueId !== undefined) and.push({ memberships: { some: { queueId } } });
  if (state !== undefined) and.push({ state });
  if (page.after) {
    const [name, id] = page.after;
    and.push({ OR: [{ name: { gt: name } }, { name, id: { gt: id } }] });
  }
  const rows = await db.prisma.agent.findMany({
    where: { AND: and },
    include: withQueues,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: page.limit,
  });
  return rows.map(toAgent);
}

const columnsOf = (fields: AgentFields): Record<string, unknown> => ({
  email: fields.email,
  name: fields.name,
  number: fields.number,
  role: fields.role,
  password_hash: fields.passwordHash,
  channel_kinds: fields.channelKinds,
  max_units: fields.maxUnits,
  unit_overrides: fields.unitOverrides && JSON.stringify(fields.unitOverrides),
  skills: fields.skills,
  most_of_kinds: fields.mostOfKinds && JSON.stringify(fields.mostOfKinds),
});

/**
 * Adds an agent under the id of the request that asks for it.
 * @throws AppError CONFLICT where address or number are another agent's
 */
export function createAgent(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: AgentFields & { email: string; name: string; passwordHash: string },
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const columns = columnsOf({ channelKinds: [], ...fields });
    const given = Object.entries(columns).filter(([, value]) => value !== undefined);
    if (!(await insertRow(tx, 'agent', { id, ...Object.fromEntries(given) }))) return;
    await writeAudit(tx, actor, 'agent.create', `agent/${id}`, { role: fields.role ?? 'agent' });
  });
}

/**
 * Edits an agent. A new password ends all sign-ins but `keepSession`.
 * @throws AppError NOT_FOUND, CONFLICT, LAST_ADMIN
 */
export function editAgent(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: AgentFields,
  keepSession: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    if (fields.role !== undefined && fields.role !== 'admin') await lockLeavingAdmin(tx, id);
    else await lockAgents(tx, [id]);
    await updateRow(tx, 'agent', id, columnsOf(fields));
    if (fields.passwordHash !== undefined) {
      await tx.query(
        `UPDATE session SET ended_at = app_now() WHERE agent_id = $1 AND ended_at IS NULL AND id <> $2`,
        [id, keepSession],
      );
    }
    const changed = Object.entries(fields).filter(([, value]) => value !== undefined);
    await writeAudit(tx, actor, 'agent.edit', `agent/${id}`, {
      fields: changed.map(([name]) => name),
      ...(fields.role === undefined ? {} : { role: fields.role }),
    });
    // More room, or another kind of work: what stands in line may fit now.
    await writeHandOut(tx, { agentId: id }, 'agent edited');
    tx.effects.agents.add(id);
  });
}

/**
 * Archives an agent: no sign-in, no membership, no offer any more.
 * @throws AppError NOT_FOUND, LAST_ADMIN, OPEN_CONVERSATIONS unless they are to be released
 */
export function archiveAgent(
  db: Database,
  actor: AuditActor,
  id: string,
  open: 'release' | undefined,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = await lockLeavingAdmin(tx, id);
    await endSessionsOf(tx, agent, { open }, 'ask');
    await tx.query('DELETE FROM queue_member WHERE agent_id = $1', [id]);
    const rows = await tx.query(
      'UPDATE agent SET archived_at = app_now() WHERE id = $1 AND archived_at IS NULL RETURNING id',
      [id],
    );
    if (rows.length > 0) await writeAudit(tx, actor, 'agent.archive', `agent/${id}`);
    tx.effects.agents.add(id);
  });
}

/** Sets whether an agent is on a call. The end of one is a moment to get work. */
export function setOnCall(
  db: Database,
  id: string,
  onCall: boolean,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    await lockAgents(tx, [id]);
    await updateRow(tx, 'agent', id, { on_call: onCall });
    if (!onCall) await writeHandOut(tx, { agentId: id }, 'call ended');
    tx.effects.agents.add(id);
  });
}

/**
 * Locks an agent who may stop being an administrator, and all administrators with them, in the one order: of two who
 * leave at once, the second sees that the first has left.
 * @throws AppError NOT_FOUND; LAST_ADMIN where nobody would be left to undo it
 */
async function lockLeavingAdmin(tx: Tx, id: string): Promise<LockedAgent> {
  const admins = `SELECT id FROM agent WHERE role = 'admin' AND archived_at IS NULL`;
  const before = await tx.query<{ id: string }>(admins);
  const agents = await lockAgents(tx, [id, ...before.map((row) => row.id)]);
  const agent = agents.get(id);
  if (!agent) throw new AppError('NOT_FOUND');
  const now = (await tx.query<{ id: string }>(admins)).map((row) => row.id);
  if (now.length === 1 && now[0] === id) throw new AppError('LAST_ADMIN');
  return agent;
}
