/** Passes on the first of what comes, and of what comes too soon after it only the last. */
export class Throttle<T> {
  private timer: NodeJS.Timeout | null = null;
  private waiting: { readonly value: T } | null = null;

  constructor(
    private readonly everyMs: number,
    private readonly pass: (value: T) => void,
  ) {}

  push(value: T): void {
    if (this.timer) this.waiting = { value };
    else this.now(value);
  }

  /** Drops what waits. */
  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.waiting = null;
  }

  private now(value: T): void {
    this.timer = setTimeout(() => {
      this.timer = null;
      const { waiting } = this;
      this.waiting = null;
      if (waiting) this.now(waiting.value);
    }, this.everyMs);
    this.pass(value);
  }
}
