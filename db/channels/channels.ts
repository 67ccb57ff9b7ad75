/** Channels as configuration: where messages come in, and which queue they go to. */
import { AppError } from '../../core/errors';
import { writeAudit, type AuditActor } from '../audit';
import type { Database, Tx } from '../client';
import type { Effects } from '../effects';
import type { Channel as Row } from '../generated/client';
import { insertRow, updateRow } from '../write-columns';

type Settings = Readonly<Record<string, unknown>>;

export interface ChannelFields {
  readonly name?: string | undefined;
  readonly queueId?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly settings?: Settings | undefined;
  readonly requiredSkills?: readonly string[] | undefined;
  readonly preferredSkills?: readonly string[] | undefined;
}

export interface Channel {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly queueId: string;
  readonly enabled: boolean;
  readonly settings: Settings;
  readonly requiredSkills: readonly string[];
  readonly preferredSkills: readonly string[];
  readonly archived: boolean;
  readonly createdAt: string;
}

const toChannel = (row: Row): Channel => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  queueId: row.queueId,
  enabled: row.enabled,
  settings: row.settings as Settings,
  requiredSkills: row.requiredSkills,
  preferredSkills: row.preferredSkills,
  archived: row.archivedAt !== null,
  createdAt: row.createdAt.toISOString(),
});

/** @throws AppError NOT_FOUND */
export async function readChannel(db: Database, id: string): Promise<Channel> {
  const row = await db.prisma.channel.findUnique({ where: { id } });
  if (!row) throw new AppError('NOT_FOUND');
  return toChannel(row);
}

/** A channel's sealed credentials; null where it has none. @throws AppError NOT_FOUND */
export async function readSealed(db: Database, id: string): Promise<Uint8Array | null> {
  const row = await db.prisma.channel.findUnique({ where: { id }, select: { sealed: true } });
  if (!row) throw new AppError('NOT_FOUND');
  return row.sealed;
}

/** Channels by name, those after `after`. */
export async function listChannels(
  db: Database,
  archived: boolean,
  page: { limit: number; after: readonly [name: string, id: string] | null },
): Promise<Channel[]> {
  const [name, id] = page.after ?? [];
  const rows = await db.prisma.channel.findMany({
    where: {
      archivedAt: archived ? { not: null } : null,
      ...(name === undefined
        ? {}
        : { OR: [{ name: { gt: name } }, { name, id: { gt: id ?? '' } }] }),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: page.limit,
  });
  return rows.map(toChannel);
}

/**
 * Adds a channel under the id of the request that asks for it.
 * @throws AppError NOT_FOUND, QUEUE_ARCHIVED
 */
export function createChannel(
  db: Database,
  actor: AuditActor,
  channel: {
    id: string;
    kind: string;
    name: string;
    queueId: string;
    enabled: boolean;
    settings: Settings;
    requiredSkills: readonly string[];
    preferredSkills: readonly string[];
    sealed: Uint8Array | null;
  },
): Promise<{ value: void; effects: Effects }> {
  const { id, kind, name, queueId, enabled, settings, sealed } = channel;
  const { requiredSkills, preferredSkills } = channel;
  return db.transaction(async (tx) => {
    await mustTakeIn(tx, queueId);
    const columns = { id, kind, name, queue_id: queueId, enabled, sealed };
    const isNew = await insertRow(tx, 'channel', {
      ...columns,
      required_skills: requiredSkills,
      preferred_skills: preferredSkills,
      settings: JSON.stringify(settings),
    });
    if (!isNew) return;
    await writeAudit(tx, actor, 'channel.create', `channel/${id}`, { kind, name, queueId });
  });
}

/**
 * Edits a channel. `settings` replaces all of them.
 * @throws AppError NOT_FOUND, QUEUE_ARCHIVED
 */
export function editChannel(
  db: Database,
  actor: AuditActor,
  id: string,
  fields: ChannelFields,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    await lockLiving(tx, id);
    if (fields.queueId !== undefined) await mustTakeIn(tx, fields.queueId);
    await updateRow(tx, 'channel', id, {
      name: fields.name,
      queue_id: fields.queueId,
      enabled: fields.enabled,
      required_skills: fields.requiredSkills,
      preferred_skills: fields.preferredSkills,
      settings: fields.settings && JSON.stringify(fields.settings),
    });
    await writeAudit(tx, actor, 'channel.edit', `channel/${id}`, { ...fields });
  });
}

/** Archives a channel: it takes no message any more. Its conversations go on to their end. */
export function archiveChannel(
  db: Database,
  actor: AuditActor,
  id: string,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    await lockLiving(tx, id);
    await tx.query('UPDATE channel SET archived_at = app_now(), enabled = false WHERE id = $1', [
      id,
    ]);
    await writeAudit(tx, actor, 'channel.archive', `channel/${id}`);
  });
}

/** Replaces the credentials by what `next` makes of the present ones. */
export function replaceSealed(
  db: Database,
  actor: AuditActor,
  id: string,
  next: (sealed: Uint8Array | null) => Uint8Array,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    const { sealed } = await lockLiving(tx, id);
    await updateRow(tx, 'channel', id, { sealed: next(sealed) });
    await writeAudit(tx, actor, 'channel.rotateSecret', `channel/${id}`);
  });
}

/** Locks a channel that is not archived. @throws AppError NOT_FOUND */
async function lockLiving(tx: Tx, id: string): Promise<{ sealed: Uint8Array | null }> {
  const rows = await tx.query<{ sealed: Uint8Array | null }>(
    'SELECT sealed FROM channel WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE',
    [id],
  );
  if (!rows[0]) throw new AppError('NOT_FOUND');
  return rows[0];
}

/** A channel leads to a queue that is in use. @throws AppError NOT_FOUND, QUEUE_ARCHIVED */
async function mustTakeIn(tx: Tx, queueId: string): Promise<void> {
  // Held until the end, so that the queue is not archived beside this.
  const rows = await tx.query<{ archived: boolean }>(
    'SELECT archived_at IS NOT NULL AS archived FROM queue WHERE id = $1 FOR SHARE',
    [queueId],
  );
  if (!rows[0]) throw new AppError('NOT_FOUND', { queueId });
  if (rows[0].archived) throw new AppError('QUEUE_ARCHIVED', { queueId });
}
