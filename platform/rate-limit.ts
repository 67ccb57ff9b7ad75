/** Counts attempts by key in a window that begins with the first of them. In memory: each process counts for itself. */
export class RateLimit {
  private readonly counts = new Map<string, { count: number; until: number }>();

  constructor(
    private readonly options: {
      /** Attempts in one window. */
      readonly max: number;
      readonly windowMs: number;
      /** Milliseconds of a clock that nobody sets. */
      readonly now?: (() => number) | undefined;
    },
  ) {}

  /** Counts an attempt; false where it is one too many. */
  take(key: string): boolean {
    const now = this.options.now?.() ?? performance.now();
    if (this.counts.size >= MAX_KEYS) this.forget(now);
    const found = this.counts.get(key);
    const entry =
      found && found.until > now ? found : { count: 0, until: now + this.options.windowMs };
    entry.count++;
    this.counts.set(key, entry);
    return entry.count <= this.options.max;
  }

  /** Forgets the attempts of a key. */
  clear(key: string): void {
    this.counts.delete(key);
  }

  /** Drops what is over, and the oldest half where that is not enough: memory stays bounded under attack. */
  private forget(now: number): void {
    for (const [key, entry] of this.counts) if (entry.until <= now) this.counts.delete(key);
    for (const key of this.counts.keys()) {
      if (this.counts.size <= MAX_KEYS / 2) break;
      this.counts.delete(key);
    }
  }
}

const MAX_KEYS = 20_000;
