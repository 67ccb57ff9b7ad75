import type { Pool } from 'pg';

/** Channel of NOTIFY on which ids of what changed are sent. */
export const WAKE_CHANNEL = 'switchyard';

/** What a wake-up carries: ids only. */
export interface WakeUp {
  /** Conversations. */
  readonly c: readonly string[];
  /** Agents. */
  readonly a: readonly string[];
}

const COALESCE_MS = 4;
/** A payload may hold 8,000 bytes; an id takes 39 of them. */
const IDS_A_PAYLOAD = 180;

/**
 * Collects ids and sends one NOTIFY a few milliseconds later, outside of any transaction: a commit with a NOTIFY in it
 * takes a database-wide lock. A lost wake-up costs a listener at most its poll interval.
 */
export class Wake {
  private conversations = new Set<string>();
  private agents = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly pool: Pool) {}

  add(conversations: Iterable<string>, agents: Iterable<string>): void {
    for (const id of conversations) this.conversations.add(id);
    for (const id of agents) this.agents.add(id);
    if (this.conversations.size + this.agents.size === 0) return;
    this.timer ??= setTimeout(() => void this.flush(), COALESCE_MS);
  }

  /** Sends what is collected. Never throws: listeners also poll. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const c = [...this.conversations];
    const a = [...this.agents];
    this.conversations = new Set();
    this.agents = new Set();
    while (c.length + a.length > 0) {
      const part: WakeUp = { c: c.splice(0, IDS_A_PAYLOAD), a: a.splice(0, IDS_A_PAYLOAD / 9) };
      await this.pool
        .query('SELECT pg_notify($1, $2)', [WAKE_CHANNEL, JSON.stringify(part)])
        .catch(() => undefined);
    }
  }
}
