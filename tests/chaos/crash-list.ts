/** The windows in which a process is made to die: first each of them once, then some at random. */
import type { Kind } from './processes';
import type { Random } from './random';

const around = (...paths: string[]): string[] =>
  paths.flatMap((path) => [`before-commit@${path}`, `after-commit@${path}`]);

/**
 * By the kind of process whose hot path it is; names as crash-points.cjs knows them. The order is that of the first
 * round: what needs agents with room, or something in line, goes before what fills or empties them.
 */
const POINTS: Readonly<Record<Kind, readonly string[]>> = {
  api: [
    ...around('hand-out'),
    'before-mark@hand-out',
    ...around('claim', 'reply'),
    'after-signal@claim',
    'after-signal@deliver',
    ...around('command'),
    'after-signal@command',
    ...around('receive', 'intake'),
  ],
  worker: [
    'after-start@reconcile',
    ...around('load', 'hand-out'),
    'before-mark@hand-out',
    'after-signal@claim',
    ...around('lease', 'mark'),
    'after-call@vendor',
    ...around('decide', 'lapse', 'deadline'),
  ],
  relay: [
    'after-commit@ring',
    'after-signal@check',
    ...around('hand-out'),
    'before-mark@hand-out',
    'after-signal@claim',
    'after-commit@deliver',
    'after-signal@deliver',
    ...around('lapse'),
  ],
};

const KINDS = Object.keys(POINTS) as Kind[];
/** Later on so many of a hundred processes begin with a point at which they die, after so many passes. */
const ARMED_LATER = 40;
const PASSES = { least: 20, most: 200 };

export class CrashPoints {
  private readonly hits = new Map<string, number>();
  private readonly left: Record<Kind, string[]>;
  private readonly waiting = new Set<() => void>();
  private on = true;

  /** `preload` is the script that a process loads first. */
  constructor(
    readonly preload: string,
    private readonly random: Random,
  ) {
    this.left = { api: [...POINTS.api], worker: [...POINTS.worker], relay: [...POINTS.relay] };
  }

  /** What the next process of this kind shall die at, `kind/point:count`; what no other has tried goes first. */
  arm(kind: Kind): string | null {
    if (!this.on) return null;
    const next = this.left[kind].shift();
    if (next) return `${kind}/${next}:1`;
    if (this.missed([kind]).length > 0 || !this.random.percent(ARMED_LATER)) return null;
    const { least, most } = PASSES;
    return `${kind}/${this.random.pick(POINTS[kind])}:${this.random.between(least, most)}`;
  }

  /** A process has died at what it was armed with. */
  reached(armed: string): void {
    const name = nameOf(armed);
    this.hits.set(name, (this.hits.get(name) ?? 0) + 1);
    for (const look of this.waiting) look();
  }

  /** A process has ended by something else: another must try. */
  escaped(armed: string): void {
    const [kind, point] = nameOf(armed).split('/') as [Kind, string];
    if (this.missed([kind]).includes(`${kind}/${point}`)) this.left[kind].unshift(point);
  }

  /**
   * True once all points of these kinds, or the one that is named, have been hit; false where none at all was for
   * `patienceMs`.
   */
  async hit(what: readonly Kind[] | string, patienceMs: number): Promise<boolean> {
    const done = (): boolean =>
      typeof what === 'string' ? this.hits.has(what) : this.missed(what).length === 0;
    if (!this.on || done()) return true;
    return new Promise((resolve) => {
      const end = (hit: boolean): void => {
        clearTimeout(late);
        this.waiting.delete(look);
        resolve(hit);
      };
      const look = (): void => {
        late.refresh();
        if (done()) end(true);
      };
      const late = setTimeout(() => end(false), patienceMs);
      this.waiting.add(look);
    });
  }

  /** Nobody is armed from now on. */
  stop(): void {
    this.on = false;
  }

  /** Of these kinds, as `kind/point`. */
  missed(kinds: readonly Kind[] = KINDS): string[] {
    return allOf(kinds).filter((name) => !this.hits.has(name));
  }

  /** How often each was hit. */
  summary(): [string, number][] {
    return allOf(KINDS).map((name) => [name, this.hits.get(name) ?? 0]);
  }
}

const allOf = (kinds: readonly Kind[]): string[] =>
  kinds.flatMap((kind) => POINTS[kind].map((point) => `${kind}/${point}`));

const nameOf = (armed: string): string => armed.replace(/:\d+$/, '');
