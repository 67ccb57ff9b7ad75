/** How long things take: handling, patience, answering an offer. Milliseconds. */
import type { Random } from '../random';

export type Duration =
  | { readonly kind: 'fixed'; readonly meanMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** `spread` is the standard deviation divided by the mean; handling times of people have about 1. */
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly spread: number };

/** One duration drawn; never negative. */
export function draw(duration: Duration, random: Random): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.meanMs;
    case 'exponential':
      return -duration.meanMs * Math.log(1 - random());
    case 'lognormal': {
      const variance = Math.log(1 + duration.spread ** 2);
      return duration.meanMs * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2);
    }
  }
}

/** A standard normal number (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
