/** What holds for the whole installation, one row a key. */
import { writeAudit, type AuditActor } from './audit';
import type { Database } from './client';
import type { Effects } from './effects';

export interface Settings {
  readonly companyName: string;
}

const defaults: Settings = { companyName: 'Our company' };

export async function readSettings(db: Database): Promise<Settings> {
  const rows = await db.prisma.setting.findMany({ where: { key: { in: Object.keys(defaults) } } });
  const stored = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  return { ...defaults, ...(stored as Partial<Settings>) };
}

export function writeSettings(
  db: Database,
  actor: AuditActor,
  settings: Settings,
): Promise<{ value: void; effects: Effects }> {
  return db.transaction(async (tx) => {
    for (const [key, value] of Object.entries(settings).sort()) {
      await tx.query(
        `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, app_now())
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        [key, JSON.stringify(value)],
      );
    }
    await writeAudit(tx, actor, 'settings.put', 'settings', { ...settings });
  });
}
