import type { Database } from './client';
import { Effects, type Handed, type HandOut, type Ring } from './effects';
import { serveHandOut } from './routing/hand-out';
import { Wake } from './wake';

/** Tells the workflows. Implemented over Temporal; losing a call costs a second, the relay finds the row. */
export interface Doorbell {
  ring(ring: Ring): Promise<void>;
  /** A message of this conversation waits to be sent outside. */
  deliver(conversationId: string, channelKind: string): Promise<void>;
}

/** At most this many hand-outs at a time in one process: more only wait for each other's locks. */
const HAND_OUTS_AT_ONCE = 4;

/** Does what transactions leave to be done: wake-ups, hand-outs, rings. The rows stand for it if the process dies. */
export class AfterCommit {
  /** Tells all processes what has changed. */
  readonly wake: Wake;
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private readonly pending = new Set<Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly doorbell: Doorbell,
    private readonly report: (error: unknown, what: string) => void,
    /** Told of every conversation that was handed out by this process. */
    private readonly observe: (handed: Handed) => void = () => undefined,
  ) {
    this.wake = new Wake(db.pool);
  }

  /** Starts it and returns at once. */
  start(effects: Effects): void {
    const work = this.run(effects).finally(() => this.pending.delete(work));
    this.pending.add(work);
  }

  /**
   * Does it and returns when all rings are sent. A conversation whose hand-out is served here is rung after it, so
   * that one load sees both.
   */
  async run(effects: Effects): Promise<void> {
    this.wake.add(effects.changed, effects.agents);
    const later = new Set(effects.handOuts.map((h) => h.conversationId));
    const now = effects.rings.filter((r) => !later.has(r.conversationId));
    const first = Promise.all([this.ringAll(now), this.deliverAll(effects.deliveries)]);
    const left = await this.serve(effects.handOuts);
    left.rings.push(...effects.rings.filter((r) => later.has(r.conversationId)));
    await this.ringAll(left.rings);
    await first;
  }

  /** Serves hand-outs; wake-ups go out, rings are left to the caller. */
  async serve(handOuts: readonly HandOut[]): Promise<Effects> {
    const left = new Effects();
    const queue = [...handOuts];
    while (queue.length > 0) {
      const batch = queue.splice(0);
      const served = await Promise.all(batch.map((h) => this.serveOne(h)));
      for (const effects of served) {
        this.wake.add(effects.changed, effects.agents);
        queue.push(...effects.handOuts);
        left.rings.push(...effects.rings);
        effects.handed.forEach(this.observe);
      }
    }
    return left;
  }

  /** Waits for what was started. For a clean shutdown. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all([...this.pending]);
    await this.wake.flush();
  }

  private async serveOne(handOut: HandOut): Promise<Effects> {
    if (this.running >= HAND_OUTS_AT_ONCE) await new Promise<void>((go) => this.waiting.push(go));
    this.running++;
    try {
      return await serveHandOut(this.db, handOut);
    } catch (error) {
      // The row stays; the relay serves it.
      this.report(error, 'hand-out');
      return new Effects();
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  private async ringAll(rings: readonly Ring[]): Promise<void> {
    const checked = new Set(rings.filter((r) => r.signal === 'check').map((r) => r.conversationId));
    // One `check` loads everything, so a claim's ring beside it would only cost history.
    const useful = rings.filter(
      (r) => r.signal === 'check' || !checked.has(r.conversationId) || r.args?.number,
    );
    await Promise.all(
      useful.map((r) =>
        this.doorbell.ring(r).catch((error: unknown) => this.report(error, 'ring')),
      ),
    );
  }

  private async deliverAll(ids: ReadonlySet<string>): Promise<void> {
    if (ids.size === 0) return;
    const rows = await this.db.query<{ id: string; channel_kind: string }>(
      'SELECT id, channel_kind FROM conversation WHERE id = ANY($1)',
      [[...ids]],
    );
    await Promise.all(
      rows.map((r) =>
        this.doorbell
          .deliver(r.id, r.channel_kind)
          .catch((error: unknown) => this.report(error, 'delivery ring')),
      ),
    );
  }
}
