import { pauseAfter } from './attempts';
import { stateAfter, type DeliveryState } from './state';

it('pauses ever longer, up to five minutes', () => {
  const pauses = Array.from({ length: 12 }, (_, i) => pauseAfter(i + 1) / 1000);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  expect(pauseAfter(10_000)).toBe(300_000);
  expect(pauseAfter(3, 90_000)).toBe(90_000);
  expect(pauseAfter(3, 0)).toBe(0);
});

it.each<[DeliveryState, 'delivered' | 'read' | 'failed', DeliveryState]>([
  ['sending', 'delivered', 'delivered'],
  ['pending', 'read', 'read'],
  ['sent', 'delivered', 'delivered'],
  ['sent', 'read', 'read'],
  ['delivered', 'read', 'read'],
  ['read', 'delivered', 'read'],
  ['delivered', 'delivered', 'delivered'],
  ['sent', 'failed', 'failed'],
  ['pending', 'failed', 'failed'],
  ['unknown', 'failed', 'failed'],
  ['unknown', 'delivered', 'delivered'],
  ['delivered', 'failed', 'delivered'],
  ['read', 'failed', 'read'],
  ['failed', 'delivered', 'delivered'],
])('%s, reported %s, is %s', (state, reported, after) => {
  expect(stateAfter(state, reported)).toBe(after);
});
