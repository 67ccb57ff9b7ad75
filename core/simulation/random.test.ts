import { draw, type Duration } from './durations';
import { randomFrom } from '../random';

const COUNT = 100_000;
const drawn = (make: () => number): { mean: number; deviation: number } => {
  const numbers = Array.from({ length: COUNT }, make);
  const mean = numbers.reduce((sum, n) => sum + n, 0) / COUNT;
  const variance = numbers.reduce((sum, n) => sum + (n - mean) ** 2, 0) / COUNT;
  return { mean, deviation: Math.sqrt(variance) };
};

describe('randomness from a seed', () => {
  it('is the same for the same seed and stream, and another for others', () => {
    const first = (seed: number, stream: number) => {
      const random = randomFrom(seed, stream);
      return [random(), random(), random()];
    };
    expect(first(1, 2)).toEqual(first(1, 2));
    const series = [first(1, 2), first(2, 1), first(1, 3), first(0, 0), first(-5, 0)];
    expect(new Set(series.flat()).size).toBe(15);
  });

  it('is spread evenly', () => {
    const { mean, deviation } = drawn(randomFrom(7));
    expect(mean).toBeCloseTo(0.5, 2);
    expect(deviation).toBeCloseTo(Math.sqrt(1 / 12), 2);
  });

  it('does not repeat itself from one stream to the next', () => {
    let stream = 0;
    const { mean, deviation } = drawn(() => randomFrom(7, stream++)());
    expect(mean).toBeCloseTo(0.5, 2);
    expect(deviation).toBeCloseTo(Math.sqrt(1 / 12), 2);
  });
});

describe('durations', () => {
  it.each<[string, Duration, number]>([
    ['fixed', { kind: 'fixed', meanMs: 100 }, 0],
    ['exponential', { kind: 'exponential', meanMs: 100 }, 100],
    ['lognormal', { kind: 'lognormal', meanMs: 100, spread: 0.5 }, 50],
  ])('that are %s have their mean and their spread', (_, duration, deviation) => {
    const random = randomFrom(3);
    const seen = drawn(() => draw(duration, random));
    expect(Math.abs(seen.mean - 100)).toBeLessThan(1);
    expect(Math.abs(seen.deviation - deviation)).toBeLessThan(2);
  });
});
