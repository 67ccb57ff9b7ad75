/** What a bench is. */
import type { Ground } from './ground';

/** A row of the printed table: a label, then a figure under each heading. */
export type Row = Readonly<Record<string, string | number>>;

export interface Result {
  readonly table: readonly Row[];
  /** The last line of the run; its keys are a promise to whoever compares runs. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Bench {
  /** What the figures should be, in a sentence. */
  readonly goal: string;
  run(ground: Ground): Promise<Result>;
}

/** The value below which `share` (0 to 1) of the sorted figures lie. 0 of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Median and 99th percentile of figures in any order, to a hundredth. */
export function spread(figures: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = Float64Array.from(figures).sort();
  const at = (share: number): number => round(quantile(sorted, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** To a hundredth; a thousand and more to a whole number. */
export function round(figure: number): number {
  return figure >= 1_000 ? Math.round(figure) : Math.round(figure * 100) / 100;
}
