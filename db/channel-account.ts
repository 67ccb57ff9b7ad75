/** A channel as its messages need it. */
import type { WindowMode } from '../core/windows/window';
import type { Database } from './client';

export interface StoredChannel {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly queueId: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Credentials, sealed. */
  readonly sealed: Uint8Array | null;
  readonly windowMode: WindowMode;
}

/** Null where there is none, or only an archived one. */
export async function readStoredChannel(
  db: Pick<Database, 'query'>,
  id: string,
): Promise<StoredChannel | null> {
  const rows = await db.query<{
    id: string;
    kind: string;
    name: string;
    queue_id: string;
    enabled: boolean;
    settings: Record<string, unknown>;
    sealed: Uint8Array | null;
  }>(
    `SELECT id, kind, name, queue_id, enabled, settings, sealed
       FROM channel WHERE id = $1 AND archived_at IS NULL`,
    [id],
  );
  const row = rows[0];
  if (!row) return null;
  const { id: channelId, kind, name, queue_id: queueId, enabled, settings, sealed } = row;
  const windowMode = (settings['windowMode'] ?? 'none') as WindowMode;
  return { id: channelId, kind, name, queueId, enabled, settings, sealed, windowMode };
}

/** True where a live chat that is switched on may be used by pages of this origin. */
export async function anyLiveChatAllows(
  db: Pick<Database, 'query'>,
  origin: string,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM channel
      WHERE kind = 'live-chat' AND enabled AND archived_at IS NULL
        AND jsonb_exists(settings->'allowedOrigins', $1) LIMIT 1`,
    [origin],
  );
  return rows.length > 0;
}
