/**
 * Numbers from 0 to below 1 that look random and are the same for the same seed, a whole number: xorshift with the
 * shifts 13, 17 and 5 (Marsaglia, Xorshift RNGs, 2003). Good enough to draw agents, not to keep secrets.
 */
export function seeded(seed: number): () => number {
  // Seeds that lie side by side begin far apart, and none of them at 0, from which there is no way on.
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
