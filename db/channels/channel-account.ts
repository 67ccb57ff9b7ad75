/** A channel as its messages need it. */
import type { WindowMode } from '../../core/windows/window';
import type { Database } from '../client';
import { prepared } from '../prepared';

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

const CHANNELS = prepared(`
  SELECT id, kind, name, queue_id, enabled, settings, sealed
  FROM channel WHERE id = ANY($1) AND archived_at IS NULL`);

/** In the order of the ids; null where there is none, or only an archived one. */
export async function readStoredChannels(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<(StoredChannel | null)[]> {
  const rows = await db.query<{
    id: string;
    kind: string;
    name: string;
    queue_id: string;
    enabled: boolean;
    settings: Record<string, unknown>;
    sealed: Uint8Array | null;
  }>(CHANNELS, [[...new Set(ids)]]);
  const channels = new Map(
    rows.map(({ queue_id: queueId, ...row }) => {
      const windowMode = (row.settings['windowMode'] ?? 'none') as WindowMode;
      return [row.id, { ...row, queueId, windowMode }];
    }),
  );
  return ids.map((id) => channels.get(id) ?? null);
}

const ALLOWED = prepared(`
  SELECT origin FROM unnest($1::text[]) AS asked(origin)
  WHERE EXISTS (SELECT 1 FROM channel
                 WHERE kind = 'live-chat' AND enabled AND archived_at IS NULL
                   AND jsonb_exists(settings->'allowedOrigins', asked.origin))`);

/** For each origin: true where a live chat that is switched on may be used by its pages. */
export async function anyLiveChatAllows(
  db: Pick<Database, 'query'>,
  origins: readonly string[],
): Promise<boolean[]> {
  const rows = await db.query<{ origin: string }>(ALLOWED, [[...new Set(origins)]]);
  const allowed = new Set(rows.map(({ origin }) => origin));
  return origins.map((origin) => allowed.has(origin));
}
