/** The windows in which a process is made to die, and which of them have been hit. */
import type { Kind } from './processes';
import type { Random } from './random';

const around = (...paths: string[]): string[] =>
  paths.flatMap((path) => [`before-commit@${path}`, `after-commit@${path}`]);

/** By the kind of process whose hot path it is; names as crash-points.cjs knows them. */
const POINTS: Readonly<Record<Kind, readonly string[]>> = {
  api: [
    ...around('receive', 'reply', 'command', 'claim'),
    'after-signal@ring',
    'after-signal@deliver',
  ],
  worker: [...around('load', 'decide', 'claim', 'lease', 'mark'), 'after-call@vendor'],
  relay: ['after-signal@ring', ...around('claim')],
};

export class CrashPoints {
  private readonly hits = new Map<string, number>();
  private on = true;

  /** `preload` is the script that a process loads first. */
  constructor(
    readonly preload: string,
    private readonly random: Random,
  ) {}

  /** What the next process of this kind shall die at, `name:count`; one that was not hit before goes first. */
  arm(kind: Kind): string | null {
    const fresh = POINTS[kind].filter((point) => !this.hits.has(`${kind} ${point}`));
    if (!this.on || this.random.percent(fresh.length > 0 ? 20 : 60)) return null;
    const point = this.random.pick(fresh.length > 0 ? fresh : POINTS[kind]);
    return `${kind}/${point}:${this.random.between(1, fresh.length > 0 ? 6 : 60)}`;
  }

  reached(point: string): void {
    const name = point.replace('/', ' ').replace(/:\d+$/, '');
    this.hits.set(name, (this.hits.get(name) ?? 0) + 1);
  }

  /** Nobody is armed from now on. */
  stop(): void {
    this.on = false;
  }

  /** How often each was hit, and those that never were. */
  summary(): { hit: Readonly<Record<string, number>>; missed: readonly string[] } {
    const all = Object.entries(POINTS).flatMap(([kind, points]) =>
      points.map((point) => `${kind} ${point}`),
    );
    return {
      hit: Object.fromEntries([...this.hits].sort()),
      missed: all.filter((point) => !this.hits.has(point)),
    };
  }
}
