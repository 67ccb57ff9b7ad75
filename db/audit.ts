/** The record of administrative acts. Each is written in the transaction of what it records. */
import type { Database, Tx } from './client';

export interface AuditActor {
  readonly kind: string;
  readonly id: string | null;
}

/**
 * Records an act. `target` is `noun/id`; `detail` holds names of fields and values of configuration, never a secret
 * or anything about a customer.
 */
export async function writeAudit(
  tx: Tx,
  actor: AuditActor,
  action: string,
  target: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx.query(
    `INSERT INTO audit (actor_kind, actor_id, action, target, detail, created_at)
     VALUES ($1, $2, $3, $4, $5, app_now())`,
    [actor.kind, actor.id, action, target, JSON.stringify(detail)],
  );
}

export interface AuditEntry {
  readonly id: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly target: string;
  readonly detail: Record<string, unknown>;
  readonly createdAt: string;
}

/** Newest first, those before `before`. */
export async function listAudit(
  db: Database,
  filter: {
    actorId?: string | undefined;
    action?: string | undefined;
    target?: string | undefined;
  },
  page: { limit: number; before: string | null },
): Promise<AuditEntry[]> {
  const { actorId, action, target } = filter;
  const rows = await db.prisma.audit.findMany({
    where: {
      ...(actorId === undefined ? {} : { actorId }),
      ...(action === undefined ? {} : { action }),
      ...(target === undefined ? {} : { target }),
      ...(page.before === null ? {} : { id: { lt: BigInt(page.before) } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    detail: row.detail as Record<string, unknown>,
    createdAt: row.createdAt.toISOString(),
  }));
}
