import { CancellationScope, sleep } from '@temporalio/workflow';
import type { earliest } from '../core/conversation/deadlines';

/** The one timer of a conversation. Arming it for the deadline that it runs for already costs nothing. */
export class OneTimer {
  private armedFor: string | null = null;
  private scope: CancellationScope | null = null;

  constructor(private readonly fired: () => void) {}

  /** `summary` is what operators read of it. `now` is the database's, and so is the deadline: only the difference is left to Temporal's clock. */
  arm(next: ReturnType<typeof earliest>, now: number, summary: string): void {
    const wanted = next ? `${next.name}/${next.at}` : null;
    if (wanted === this.armedFor) return;
    this.disarm();
    if (!next) return;
    this.armedFor = wanted;
    const scope = new CancellationScope();
    this.scope = scope;
    scope
      .run(() => sleep(Math.max(next.at - now, 1), { summary }))
      .then(
        () => {
          this.armedFor = null;
          this.scope = null;
          this.fired();
        },
        // Cancelled: another deadline has taken its place.
        () => undefined,
      );
  }

  disarm(): void {
    this.scope?.cancel();
    this.scope = null;
    this.armedFor = null;
  }
}
