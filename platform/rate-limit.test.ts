import { RateLimit } from './rate-limit';

test('lets the allowed number through, and again when the window is over', () => {
  let now = 0;
  const limit = new RateLimit({ max: 2, windowMs: 1000, now: () => now });
  expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  now = 1000;
  expect(limit.take('a')).toBe(true);
});

test('forgets a key that proved itself', () => {
  const limit = new RateLimit({ max: 1, windowMs: 1000 });
  limit.take('a');
  limit.clear('a');
  expect(limit.take('a')).toBe(true);
});

test('stays bounded however many keys come', () => {
  const limit = new RateLimit({ max: 1, windowMs: 1000, now: () => 0 });
  for (let i = 0; i < 50_000; i++) limit.take(`key ${i}`);
  expect((limit as unknown as { counts: Map<string, unknown> }).counts.size).toBeLessThan(20_001);
});
