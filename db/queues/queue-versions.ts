/** The versions of queues' policies: each is written whole, by whoever raises the version. */
import { AppError } from '../../core/errors';
import {
  policyChanges,
  type FieldChange,
  type SinceVersion,
} from '../../core/routing/policy-changes';
import type { AuditActor } from '../audit';
import type { Database, Tx } from '../client';
import { iso } from '../conversation/views';
import type { Queue } from './queues';

/** Keeps how the queue is now, as its present version. Called last in the transaction that made it so. */
export async function writeVersion(tx: Tx, actor: AuditActor, queueId: string): Promise<void> {
  await tx.query(
    `INSERT INTO queue_version (queue_id, version, fields, actor_kind, actor_id, created_at)
     SELECT id, version, jsonb_build_object('name', name, 'delivery', delivery, 'eligibility', eligibility,
              'distribution', distribution, 'weight', weight, 'settings', settings, 'hoursMode', hours_mode,
              'calendarId', calendar_id, 'archived', archived_at IS NOT NULL, 'heirId', heir_id),
            $2, $3, app_now()
       FROM queue WHERE id = $1
     ON CONFLICT (queue_id, version) DO NOTHING`,
    [queueId, actor.kind, actor.id],
  );
}

/** The policy as the API shows it. */
type Fields = Pick<
  Queue,
  | 'name'
  | 'delivery'
  | 'eligibility'
  | 'distribution'
  | 'weight'
  | 'settings'
  | 'hoursMode'
  | 'calendarId'
  | 'archived'
  | 'heirId'
>;

export interface QueueVersionView {
  readonly version: number;
  readonly fields: Fields;
  /** What differs from the version before; nothing where that one is not on record. */
  readonly changes: readonly FieldChange[];
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly createdAt: string;
}

const VERSIONS = `
  SELECT v.version, v.fields, before.fields AS before, v.actor_kind AS "actorKind", v.actor_id AS "actorId",
         ${iso('v.created_at')} AS "createdAt"
    FROM queue_version v
    LEFT JOIN queue_version before ON before.queue_id = v.queue_id AND before.version = v.version - 1
   WHERE v.queue_id = $1`;

type VersionRow = Omit<QueueVersionView, 'changes'> & Record<'before', unknown>;

const toView = ({ before, ...row }: VersionRow): QueueVersionView => ({
  ...row,
  changes: before === null ? [] : policyChanges(before, row.fields),
});

/** Versions below `before`, newest first. @throws AppError NOT_FOUND */
export async function listVersions(
  db: Database,
  queueId: string,
  page: { readonly limit: number; readonly before: number | null },
): Promise<QueueVersionView[]> {
  const there = await db.query('SELECT 1 FROM queue WHERE id = $1', [queueId]);
  if (there.length === 0) throw new AppError('NOT_FOUND');
  const rows = await db.query<VersionRow & Record<string, unknown>>(
    `${VERSIONS} AND ($2::int IS NULL OR v.version < $2) ORDER BY v.version DESC LIMIT $3`,
    [queueId, page.before, page.limit],
  );
  return rows.map(toView);
}

/** @throws AppError NOT_FOUND */
export async function readVersion(
  db: Database,
  queueId: string,
  version: number,
): Promise<QueueVersionView> {
  const rows = await db.query<VersionRow & Record<string, unknown>>(
    `${VERSIONS} AND v.version = $2`,
    [queueId, version],
  );
  if (!rows[0]) throw new AppError('NOT_FOUND');
  return toView(rows[0]);
}

/** For each of these versions that is not the present one, what has changed since; by `versionKey`. */
export async function changesSince(
  db: Pick<Database, 'query'>,
  versions: readonly { readonly queueId: string; readonly policyVersion: number }[],
): Promise<Map<string, SinceVersion>> {
  const rows = await db.query<{
    queueId: string;
    version: number;
    present: number;
    before: unknown;
    now: unknown;
  }>(
    `SELECT DISTINCT ON (q.id, named.version) q.id AS "queueId", named.version, q.version AS present,
            was.fields AS before, is_now.fields AS now
       FROM unnest($1::uuid[], $2::int[]) AS named(queue_id, version)
       JOIN queue q ON q.id = named.queue_id AND q.version <> named.version
       LEFT JOIN queue_version was ON was.queue_id = q.id AND was.version = named.version
       LEFT JOIN queue_version is_now ON is_now.queue_id = q.id AND is_now.version = q.version
      ORDER BY q.id, named.version`,
    [versions.map(({ queueId }) => queueId), versions.map((each) => each.policyVersion)],
  );
  return new Map(
    rows.map(({ queueId, version, present, before, now }) => [
      versionKey({ queueId, policyVersion: version }),
      { present, changes: before === null || now === null ? null : policyChanges(before, now) },
    ]),
  );
}

export const versionKey = (of: {
  readonly queueId: string;
  readonly policyVersion: number;
}): string => `${of.queueId}/${of.policyVersion}`;
