/** One connection that listens to NOTIFY and comes back by itself. What is missed meanwhile is lost: callers also poll. */
import { Client } from 'pg';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

export interface Listening {
  /** Ends the connection; nothing is called any more. */
  close(): Promise<void>;
}

/**
 * Listens on the channels. `heard` gets each payload; `connected` is called after every (re)connection, when
 * something may have been missed.
 */
export function listen(
  url: string,
  channels: readonly string[],
  on: { heard(channel: string, payload: string): void; connected(): void },
): Listening {
  let closed = false;
  let client: Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let wait = FIRST_RETRY_MS;

  function again(broken: Client): void {
    if (closed || client !== broken) return;
    client = null;
    broken.end().catch(() => undefined);
    retry = setTimeout(() => void connect(), wait);
    wait = Math.min(wait * 2, LONGEST_RETRY_MS);
  }

  async function connect(): Promise<void> {
    const fresh = new Client({
      connectionString: url,
      application_name: 'switchyard listener',
      keepAlive: true,
      connectionTimeoutMillis: LONGEST_RETRY_MS,
    });
    client = fresh;
    fresh.on('error', () => again(fresh));
    fresh.on('end', () => again(fresh));
    fresh.on('notification', ({ channel, payload }) => on.heard(channel, payload ?? ''));
    try {
      await fresh.connect();
      for (const channel of channels)
        await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
      wait = FIRST_RETRY_MS;
      if (!closed) on.connected();
    } catch {
      again(fresh);
    }
  }

  void connect();
  return {
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
