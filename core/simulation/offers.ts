/** How an agent treats an offer. */
import { draw } from './durations';
import type { Manners } from './model';
import type { Random } from '../random';

/** What becomes of it, and after how long. */
export function answerTo(
  offerMs: number,
  { accept, reject, answer }: Manners,
  random: Random,
): { readonly what: 'accept' | 'reject' | 'lapse'; readonly after: number } {
  const says = random();
  const after = says < accept + reject ? draw(answer, random) : Infinity;
  if (after >= offerMs) return { what: 'lapse', after: offerMs };
  return { what: says < accept ? 'accept' : 'reject', after };
}
