import { allowed, windowAfter } from './window';

const DAY = 86_400_000;

describe('messaging windows', () => {
  it('run 24 h from the last message, by the vendor’s time but not beyond our own', () => {
    expect(windowAfter('24h', null, 1000, 5000)).toBe(1000 + DAY);
    expect(windowAfter('24h', null, 9000, 5000)).toBe(5000 + DAY);
    expect(windowAfter('24h', 7000 + DAY, 1000, 5000)).toBe(7000 + DAY);
    expect(windowAfter('none', null, 1000, 5000)).toBeNull();
  });
  it.each([
    ['none', null, 1e15, 'free'],
    ['24h', DAY, DAY - 1, 'free'],
    ['24h', DAY, DAY, 'template'],
    ['7d', DAY, DAY - 1, 'free'],
    ['7d', DAY, DAY, 'human-tag'],
    ['7d', DAY, 7 * DAY - 1, 'human-tag'],
    ['7d', DAY, 7 * DAY, 'template'],
    ['24h', null, 5, 'free'],
  ] as const)('%s until %s at %s allows %s', (mode, expiresAt, now, what) =>
    expect(allowed(mode, expiresAt, now)).toBe(what),
  );
});
