/** Randomness from a seed: the same seed gives the same figures, on any machine. */

/** Gives the next number of a series, evenly spread over [0, 1). */
export type Random = () => number;

/** Odd constants that spread each bit of a 32-bit number over all others. */
const SPREAD = [0x7feb352d, 0x846ca68b] as const;

function mixed(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), SPREAD[0]);
  x = Math.imul(x ^ (x >>> 15), SPREAD[1]);
  return x ^ (x >>> 16);
}

/** A series of its own for each (seed, stream). Xorshift on 128 bits of state (Marsaglia 2003), 53 bits a number. */
export function randomFrom(seed: number, stream = 0): Random {
  let [x, y, z, w] = [1, 2, 3, 4].map((salt) =>
    mixed(mixed(seed ^ mixed(stream + 0x9e3779b9)) + salt),
  ) as [number, number, number, number];
  // All zeros would stay zeros.
  w |= 1;
  const next = (): number => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
  for (let warm = 0; warm < 16; warm++) next();
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;
}
