import type { Pool } from 'pg';
import { newId } from './ids';

/** Channel of NOTIFY on which ids of what changed are sent. */
export const WAKE_CHANNEL = 'switchyard';

/** What a wake-up carries: ids only. */
export interface WakeUp {
  /** Conversations. */
  readonly c: readonly string[];
  /** Agents. */
  readonly a: readonly string[];
  /** The process that it comes from, which knows already. */
  readonly from: string;
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
  private readonly from = newId();
  private here: (wakeUp: WakeUp) => void = () => undefined;

  constructor(private readonly pool: Pool) {}

  /** Tells `listener` of what this process has changed, at once. Returns by what its own wake-ups are known. */
  tellHere(listener: (wakeUp: WakeUp) => void): string {
    this.here = listener;
    return this.from;
  }

  add(conversations: ReadonlySet<string>, agents: ReadonlySet<string>): void {
    if (conversations.size + agents.size === 0) return;
    this.here({ c: [...conversations], a: [...agents], from: this.from });
    for (const id of conversations) this.conversations.add(id);
    for (const id of agents) this.agents.add(id);
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
      const part: WakeUp = {
        c: c.splice(0, IDS_A_PAYLOAD),
        a: a.splice(0, IDS_A_PAYLOAD / 9),
        from: this.from,
      };
      await this.pool
        .query('SELECT pg_notify($1, $2)', [WAKE_CHANNEL, JSON.stringify(part)])
        .catch(() => undefined);
    }
  }
}
