/** Lets so many through at a time, in the order of their coming. */
export class Gate {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  /** Runs `work` as soon as there is room. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // Whoever leaves hands the place on, so that nobody overtakes.
    if (this.inside >= this.most) await new Promise<void>((go) => this.waiting.push(go));
    else this.inside++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inside--;
    }
  }
}
