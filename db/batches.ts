/**
 * Turns many calls into few statements: what is asked while a statement runs goes together into the next one. Nobody
 * waits for others to come, so a lone call costs what it always did; and none is answered by a statement that began
 * before the call.
 */
export class Batches<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = false;

  /** `run` answers each of its inputs, in their order; what it throws, all of them get. At most `most` at a time. */
  constructor(
    private readonly run: (inputs: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>,
    private readonly most = 500,
  ) {}

  ask(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      if (!this.running) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.running = true;
    // What is asked in the same turn of the event loop goes along.
    await new Promise((next) => setImmediate(next));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.most);
      try {
        const answers = await this.run(batch.map(({ input }) => input));
        batch.forEach(({ resolve }, at) => resolve(answers[at] as Out | Promise<Out>));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.running = false;
  }
}

interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (answer: Out | Promise<Out>) => void;
  readonly reject: (error: unknown) => void;
}
