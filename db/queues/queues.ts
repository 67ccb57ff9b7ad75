/** Queues as configuration, and who works in them. */
import type { HoursMode } from '../../core/hours/queue-hours';
import type { DistributionName } from '../../core/routing/distribution/distributions';
import type { EligibilityName } from '../../core/routing/eligibility/eligibility';
import type { QueueSettings } from '../../core/routing/policy';
import { AppError } from '../../core/errors';
import { writeAudit, type AuditActor } from '../audit';
import { withdrawOffers } from '../routing/claim-back';
import type { Database, Tx } from '../client';
import type { Effects } from '../effects';
import type { Prisma } from '../generated/client';
import { lockAgents } from '../agents/locked-agent';
import { checkLadder } from './check-ladder';
import { noteConditions } from '../routing/queue-conditions';
import { setHours, type HoursFields } from './queue-hours';
import { writeVersion } from './queue-versions';
import { reorderLine } from '../routing/reorder-line';
import { insertRow, updateRow } from '../write-columns';
import { writeHandOut } from '../conversation/write-conversation';

export interface QueueFields extends HoursFields {
  readonly name?: string | undefined;
  readonly delivery?: 'auto' | 'offer' | 'manual' | undefined;
  readonly eligibility?: EligibilityName | undefined;
  readonly distribution?: DistributionName | undefined;
  readonly weight?: number | undefined;
  readonly settings?: QueueSettings | undefined;
}

const withMembers = {
  members: { orderBy: [{ position: 'asc' }, { agentId: 'asc' }] },
} satisfies Prisma.QueueInclude;
type Row = Prisma.QueueGetPayload<{ include: typeof withMembers }>;

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly eligibility: EligibilityName;
  readonly distribution: DistributionName;
  readonly weight: number;
  readonly settings: QueueSettings;
  readonly version: number;
  readonly hoursMode: HoursMode;
  readonly calendarId: string | null;
  readonly open: boolean;
  readonly nextChangeAt: string | null;
  readonly members: { agentId: string; penalty: number; position: number }[];
  readonly archived: boolean;
  readonly heirId: string | null;
  readonly createdAt: string;
}

const toQueue = (row: Row): Queue => ({
  id: row.id,
  name: row.name,
  delivery: row.delivery,
  eligibility: row.eligibility as EligibilityName,
  distribution: row.distribution as DistributionName,
  weight: row.weight,
  settings: row.settings as QueueSettings,
  version: row.version,
  hoursMode: row.hoursMode,
  calendarId: row.calendarId,
  open: row.open,
  nextChangeAt: row.nextChangeAt?.toISOString() ?? null,
  members: row.members.map(({ agentId, penalty, position }) => ({ agentId, penalty, position })),
  archived: row.archivedAt !== null,
  heirId: row.heirId,
  createdAt: row.createdAt.toISOString(),
});

/** @throws AppError NOT_FOUND */
export async function readQueue(db: Database, id: string): Promise<Queue> {
  const row = await db.prisma.queue.findUnique({ where: { id }, include: withMembers });
  if (!row) throw new AppError('NOT_FOUND');
  return toQueue(row);
}

/** Queues by name, those after `after`. */
export async function listQueues(
  db: Database,
  archived: boolean,
  page: { limit: number; after: readonly [name: string, id: string] | null },
): Promise<Queue[]> {
  const [name, id] = page.after ?? [];
  const rows = await db.prisma.queue.findMany({
    where: {
      archivedAt: archived ? { not: null } : null,
      ...(name === undefined
        ? {}
        : { OR: [{ name: { gt: name } }, { name, id: { gt: id ?? '' } }] }),
    },
    include: withMembers,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: page.limit,
  });
  return rows.map(toQueue);
}

/**
 * Adds a queue under the id of the request that asks for it.
 * @throws AppError CONFLICT, NOT_FOUND, QUEUE_NEEDS_CALENDAR
 */
export function createQueue(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: QueueFields & { name: string },
): Promise<{ value: void; effects: Effects }> {
  const { settings = {}, delivery = 'auto', weight = 0, ...rest } = fields;
  const { name, eligibility = 'capacity', distribution = 'least-loaded' } = rest;
  return db.transaction(async (tx) => {
    const columns = {
      ...{ id, name, delivery, eligibility, distribution, weight },
      settings: JSON.stringify(settings),
    };
    if (!(await insertRow(tx, 'queue', columns))) return;
    await setHours(tx, id, fields);
    await checkLadder(tx, settings);
    await noteConditions(tx, [id]);
    await writeVersion(tx, actor, id);
    await writeAudit(tx, actor, 'queue.create', `queue/${id}`, { ...fields });
  });
}

interface LockedQueue {
  delivery: Queue['delivery'];
  weight: number;
  settings: QueueSettings;
  version: number;
}

/** @throws AppError NOT_FOUND, QUEUE_ARCHIVED */
async function lockQueue(tx: Tx, id: string): Promise<LockedQueue> {
  const rows = await tx.query<LockedQueue & { archived: boolean }>(
    `SELECT delivery, weight, settings, version, archived_at IS NOT NULL AS archived
       FROM queue WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  if (!rows[0]) throw new AppError('NOT_FOUND');
  if (rows[0].archived) throw new AppError('QUEUE_ARCHIVED', { queueId: id });
  return rows[0];
}

/**
 * Edits a queue and raises its version. Another weight or aging reorders its line at once, everything else counts from
 * each conversation's next transition. `ifVersion` is the version that the editor has seen; another one is a CONFLICT.
 * @throws AppError NOT_FOUND, CONFLICT, QUEUE_ARCHIVED, QUEUE_NEEDS_CALENDAR
 */
export function editQueue(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: QueueFields,
  ifVersion?: number,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const before = await lockQueue(tx, id);
    if (ifVersion !== undefined && ifVersion !== before.version) {
      throw new AppError('CONFLICT', { version: before.version });
    }
    const settings = { ...before.settings, ...fields.settings };
    const weight = fields.weight ?? before.weight;
    await updateRow(tx, 'queue', id, {
      name: fields.name,
      delivery: fields.delivery,
      eligibility: fields.eligibility,
      distribution: fields.distribution,
      weight,
      settings: JSON.stringify(settings),
      version: before.version + 1,
    });
    await setHours(tx, id, fields);
    await checkLadder(tx, fields.settings);
    await writeVersion(tx, actor, id);
    await writeAudit(tx, actor, 'queue.edit', `queue/${id}`, { ...fields });
    const aging = settings.agingMinutes !== before.settings.agingMinutes;
    if (aging || weight !== before.weight) await reorderLine(tx, id, { weight, settings });
    // What is delivered otherwise, or asks for less, may be had by a member now.
    if (changesWhoMay(fields)) {
      for (const agentId of await membersOf(tx, id)) {
        await writeHandOut(tx, { agentId }, 'queue edited');
      }
    }
  });
}

const changesWhoMay = ({ delivery, eligibility, distribution, settings }: QueueFields): boolean =>
  [delivery, eligibility, distribution, settings?.unitOverrides, settings?.maxPerAgent].some(
    (value) => value !== undefined,
  );

async function membersOf(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ agent_id: string }>(
    'SELECT agent_id FROM queue_member WHERE queue_id = $1 ORDER BY agent_id',
    [id],
  );
  return rows.map((row) => row.agent_id);
}

/** Makes an agent a member, or edits the membership. A new member gets work of the queue at once. */
export function putMember(
  db: Database,
  actor: AuditActor,
  member: { queueId: string; agentId: string; penalty: number; position: number },
): Promise<{ value: void; effects: Effects }> {
  const { queueId, agentId, penalty, position } = member;
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    const there = await tx.query('SELECT 1 FROM agent WHERE id = $1 AND archived_at IS NULL', [
      agentId,
    ]);
    if (!agent || there.length === 0) throw new AppError('NOT_FOUND', { agentId });
    await lockQueue(tx, queueId);
    await tx.query(
      `INSERT INTO queue_member (queue_id, agent_id, penalty, position, added_at)
       VALUES ($1, $2, $3, $4, app_now())
       ON CONFLICT (queue_id, agent_id) DO UPDATE SET penalty = $3, position = $4`,
      [queueId, agentId, penalty, position],
    );
    const detail = { agentId, penalty, position };
    await writeAudit(tx, actor, 'queue.member.put', `queue/${queueId}`, detail);
    await writeHandOut(tx, { agentId }, 'joined a queue');
    tx.effects.agents.add(agentId);
  });
}

/** Takes an agent out of a queue. Pending offers of it go back to the line; conversations stay. */
export function removeMember(
  db: Database,
  actor: AuditActor,
  queueId: string,
  agentId: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const agent = (await lockAgents(tx, [agentId])).get(agentId);
    if (!agent) throw new AppError('NOT_FOUND');
    const rows = await tx.query(
      'DELETE FROM queue_member WHERE queue_id = $1 AND agent_id = $2 RETURNING queue_id',
      [queueId, agentId],
    );
    if (rows.length === 0) throw new AppError('NOT_FOUND');
    await withdrawOffers(tx, agent, 'left the queue', queueId);
    await writeAudit(tx, actor, 'queue.member.remove', `queue/${queueId}`, { agentId });
    tx.effects.agents.add(agentId);
  });
}
