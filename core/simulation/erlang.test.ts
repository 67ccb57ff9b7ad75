import { erlangA, erlangB, erlangC } from './erlang';

/** One in the fixed-point arithmetic of the direct sums, which has 400 binary digits after the point. */
const ONE = 1n << 400n;
const toNumber = (top: bigint, bottom: bigint): number =>
  Number((top * (1n << 60n)) / bottom) / 2 ** 60;

/** The terms a^k / k! for k = 0 to n, as exactly as 400 digits are; a = top / bottom. */
function poissonTerms(n: number, top: number, bottom: number): bigint[] {
  const terms = [ONE];
  for (let k = 1; k <= n; k++)
    terms.push(((terms[k - 1] ?? 0n) * BigInt(top)) / (BigInt(bottom) * BigInt(k)));
  return terms;
}
const sum = (terms: readonly bigint[]): bigint => terms.reduce((all, term) => all + term, 0n);

/** Loads from one agent to a thousand: agents, load as a fraction. */
const loads: readonly (readonly [number, number, number])[] = [
  [1, 1, 2],
  [10, 8, 1],
  [10, 5, 1],
  [55, 501, 10],
  [200, 190, 1],
  [500, 4951, 10],
  [1000, 999, 1],
];

describe('Erlang B and C', () => {
  it.each(loads)('are the direct sums for %i agents and %i/%i erlangs', (n, top, bottom) => {
    const terms = poissonTerms(n, top, bottom);
    const last = terms[n] ?? 0n;
    expect(erlangB(n, top / bottom)).toBeCloseTo(toNumber(last, sum(terms)), 12);
    // a^n / n! * n / (n - a), beside the terms below n.
    const waiting = (last * BigInt(n * bottom)) / BigInt(n * bottom - top);
    const waits = toNumber(waiting, sum(terms.slice(0, n)) + waiting);
    expect(erlangC(n, top / bottom, 1).waits).toBeCloseTo(waits, 12);
  });

  it('agree with what is known by heart: one agent, and ten with eight erlangs', () => {
    const one = erlangC(1, 0.8, 60);
    expect(one.waits).toBeCloseTo(0.8, 12);
    expect(one.meanWait).toBeCloseTo(240, 9);
    expect(one.serviceLevel(0)).toBeCloseTo(0.2, 12);
    expect(one.serviceLevel(300)).toBeCloseTo(1 - 0.8 * Math.exp(-1), 12);
    expect(erlangC(10, 8, 180).waits).toBeCloseTo(0.4092, 4);
    expect(erlangC(10, 8, 180).meanWait).toBeCloseTo(0.40918 * 90, 2);
    expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6);
  });

  it('say that a line with too few agents never ends', () =>
    expect(erlangC(10, 10, 1)).toMatchObject({ waits: 1, meanWait: Infinity }));
});

/** The same model by direct sums: patience is `patience` handling times, and the load a whole number. */
function directA(n: number, load: number, patience: number) {
  const up: bigint[] = [poissonTerms(n, load, 1)[n] ?? 0n];
  for (let j = 1; j < 4000; j++)
    up.push(((up[j - 1] ?? 0n) * BigInt(load * patience)) / BigInt(n * patience + j));
  const all = sum(poissonTerms(n - 1, load, 1)) + sum(up);
  const inLine = toNumber(sum(up.map((weight, j) => weight * BigInt(j))), all);
  return {
    waits: toNumber(sum(up), all),
    meanWait: inLine / load,
    abandons: inLine / patience / load,
  };
}

describe('Erlang A', () => {
  it.each([
    [1, 1, 1],
    [10, 8, 2],
    [10, 14, 1],
    [100, 95, 3],
    [300, 330, 1],
    [500, 480, 2],
  ])(
    'is the direct sum for %i agents, %i erlangs and patience of %i handling times',
    (n, load, p) => {
      const { waits, meanWait, abandons } = erlangA(n, load, 1, p);
      const direct = directA(n, load, p);
      expect(waits).toBeCloseTo(direct.waits, 10);
      expect(meanWait).toBeCloseTo(direct.meanWait, 10);
      expect(abandons).toBeCloseTo(direct.abandons, 10);
    },
  );

  it('needs no state that a double cannot hold', () => {
    const { waits, abandons } = erlangA(100, 1000, 1, 50);
    expect(waits).toBeCloseTo(1, 10);
    expect(abandons).toBeCloseTo(0.9, 6);
  });

  it('becomes Erlang C where nobody loses patience', () => {
    const patient = erlangA(50, 45, 180, 1e9);
    const c = erlangC(50, 45, 180);
    expect(patient.waits).toBeCloseTo(c.waits, 5);
    expect(patient.meanWait).toBeCloseTo(c.meanWait, 3);
    for (const within of [0, 10, 60, 300])
      expect(patient.serviceLevel(within)).toBeCloseTo(c.serviceLevel(within), 5);
  });

  it('answers within no time whoever does not wait, and within any time whoever does not leave', () => {
    const a = erlangA(20, 21, 300, 120);
    expect(a.serviceLevel(0)).toBeCloseTo(1 - a.waits, 12);
    expect(a.serviceLevel(1e7)).toBeCloseTo(1 - a.abandons, 10);
    expect(a.serviceLevel(20)).toBeGreaterThan(a.serviceLevel(10));
  });

  it('answers as the integral over time says: one agent', () => {
    // One agent, served at rate 1, patience 1: who finds j in line is next after a death process; by small steps.
    const a = erlangA(1, 1, 1, 1);
    expect(a.serviceLevel(0.5)).toBeCloseTo(bySteps(0.5), 3);
    expect(a.serviceLevel(2)).toBeCloseTo(bySteps(2), 3);
  });
});

/** Share of arrivals served within `within`, for one agent and all rates 1, by stepping each arrival's death process. */
function bySteps(within: number): number {
  const states = 40;
  // Weights of the birth and death process: 1/k! with all rates 1, k in the system.
  const weights = [1];
  for (let k = 1; k < states; k++) weights.push((weights[k - 1] ?? 0) / k);
  const all = weights.reduce((total, weight) => total + weight, 0);
  // ahead[k]: probability of being k-th in line still (0: next), having found that many before; served leaves the sum.
  let ahead = weights.slice(1).map((weight) => weight / all);
  let served = 1 / all;
  const step = 1e-4;
  for (let t = 0; t < within; t += step) {
    const next = ahead.map((share, k) => {
      const from = (ahead[k + 1] ?? 0) * (k + 2);
      // k before him: one is served or one of the k leaves (1 + k), or he leaves himself (1).
      return share + step * (from - share * (k + 2));
    });
    served += step * (ahead[0] ?? 0);
    ahead = next;
  }
  return served;
}
