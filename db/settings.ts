/** What holds for the whole installation, one row a key. */
import type { LogoutPolicy } from '../core/presence/leaving';
import { writeAudit, type AuditActor } from './audit';
import type { Database, Tx } from './client';
import type { Effects } from './effects';

export interface Settings {
  readonly companyName: string;
  readonly onLogout: LogoutPolicy;
  /** Minutes of a pause after which what its agent holds goes back to the line; null never does it. */
  readonly releaseOnPauseAfter: number | null;
  /** Seconds that an absent agent keeps conversations: a live chat cannot wait, a mail can. */
  readonly absentGrace: { readonly liveChat: number; readonly others: number };
}

const defaults: Settings = {
  companyName: 'Our company',
  onLogout: 'ask',
  releaseOnPauseAfter: null,
  absentGrace: { liveChat: 30, others: 15 * 60 },
};

export async function readSettings(on: Pick<Database | Tx, 'query'>): Promise<Settings> {
  const rows = await on.query<{ key: string; value: unknown }>(
    'SELECT key, value FROM setting WHERE key = ANY($1)',
    [Object.keys(defaults)],
  );
  const stored = Object.fromEntries(rows.map((row) => [row.key, row.value]));
  return { ...defaults, ...(stored as Partial<Settings>) };
}

/** Writes the settings that are named; the others stay. */
export function writeSettings(
  db: Database,
  actor: AuditActor,
  settings: { readonly [K in keyof Settings]?: Settings[K] | undefined },
): Promise<{ value: void; effects: Effects }> {
  const named = Object.entries(settings).filter(([, value]) => value !== undefined);
  return db.transaction(async (tx) => {
    for (const [key, value] of named.sort()) {
      await tx.query(
        `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, app_now())
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        [key, JSON.stringify(value)],
      );
    }
    await writeAudit(tx, actor, 'settings.put', 'settings', Object.fromEntries(named));
  });
}
