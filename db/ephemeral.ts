/** What is said between processes and stored nowhere: who types, who looks, what a visitor is writing. */
import type { Pool } from 'pg';

/** Channel of NOTIFY for ephemeral news. */
export const EPHEMERAL_CHANNEL = 'switchyard_ephemeral';

export type Ephemeral =
  | {
      readonly kind: 'visitorTyping';
      readonly conversationId: string;
      readonly typing: boolean;
      /** What stands in the visitor's field, for the owner's eyes only. */
      readonly text?: string | undefined;
    }
  | {
      readonly kind: 'agentPresence';
      readonly conversationId: string;
      readonly agentId: string;
      readonly state: 'viewing' | 'typing' | 'away';
    };

const COALESCE_MS = 30;
/** A payload may hold 8,000 bytes. */
const MOST_BYTES = 7_500;

/**
 * Sends what happens within a few milliseconds as one NOTIFY, the latest of each kind, conversation and agent. Never
 * throws and never logs: what is lost comes again with the next key that somebody presses.
 */
export class EphemeralSender {
  private readonly latest = new Map<string, Ephemeral>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly pool: Pool) {}

  send(news: Ephemeral): void {
    const who = news.kind === 'agentPresence' ? news.agentId : '';
    this.latest.set(`${news.kind}/${news.conversationId}/${who}`, news);
    this.timer ??= setTimeout(() => void this.flush(), COALESCE_MS);
  }

  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const all = [...this.latest.values()].map((news) => JSON.stringify(news));
    this.latest.clear();
    for (const payload of packed(all)) {
      await this.pool
        .query('SELECT pg_notify($1, $2)', [EPHEMERAL_CHANNEL, payload])
        .catch(() => undefined);
    }
  }
}

/** Reads a payload; nothing where it is not one of ours. */
export function parseEphemeral(payload: string): readonly Ephemeral[] {
  try {
    const news: unknown = JSON.parse(payload);
    return Array.isArray(news) ? (news as Ephemeral[]) : [];
  } catch {
    return [];
  }
}

function packed(all: readonly string[]): string[] {
  const payloads: string[] = [];
  let part: string[] = [];
  let size = 2;
  for (const news of all) {
    const bytes = Buffer.byteLength(news) + 1;
    if (bytes > MOST_BYTES) continue;
    if (size + bytes > MOST_BYTES) {
      payloads.push(`[${part.join(',')}]`);
      part = [];
      size = 2;
    }
    part.push(news);
    size += bytes;
  }
  if (part.length > 0) payloads.push(`[${part.join(',')}]`);
  return payloads;
}
