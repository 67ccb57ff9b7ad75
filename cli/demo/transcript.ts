export interface Step {
  readonly name: string;
  readonly ms: number;
}

/** What has been done and said so far; tells each line as it comes. */
export class Transcript {
  readonly steps: Step[] = [];

  constructor(private readonly tell: (line: string) => void) {}

  /** Does one step and notes how long it took. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const value = await work();
    const ms = Math.round((performance.now() - start) * 10) / 10;
    this.steps.push({ name, ms });
    this.tell(`${`${ms} ms`.padStart(10)}  ${name}`);
    return value;
  }

  said(who: string, text: string): void {
    this.tell(`${' '.repeat(12)}${who}: ${text}`);
  }
}
