import fc from 'fast-check';
import { orderKey, type OrderInput } from './order';

const base: OrderInput = {
  weight: 0,
  priority: 0,
  agingMinutes: 0,
  queuedSince: 1_763_000_000_000,
  urgent: false,
  front: false,
};
const before = (a: Partial<OrderInput>, b: Partial<OrderInput>): boolean =>
  orderKey({ ...base, ...a }) < orderKey({ ...base, ...b });

describe('the order in line', () => {
  it('puts the oldest first among equals', () =>
    expect(before({}, { queuedSince: base.queuedSince + 1 })).toBe(true));
  it('puts points before age where nothing ages', () =>
    expect(before({ weight: 1, queuedSince: base.queuedSince + 1e12 }, {})).toBe(true));
  it('lets age overtake points where it counts', () => {
    const young = { weight: 1, agingMinutes: 5, queuedSince: base.queuedSince + 5 * 60_000 };
    expect(before({ agingMinutes: 5, queuedSince: base.queuedSince - 1 }, young)).toBe(true);
    expect(before(young, { agingMinutes: 5, queuedSince: base.queuedSince + 1 })).toBe(true);
  });
  it('lets a closing window outweigh five points, and no more', () => {
    const later = base.queuedSince + 1;
    expect(before({ urgent: true, queuedSince: later }, { priority: 5 })).toBe(false);
    expect(before({ urgent: true, queuedSince: later }, { priority: 4 })).toBe(true);
  });
  it('puts what comes back before all points, the oldest of it first', () => {
    expect(before({ front: true }, { weight: 10, priority: 10 })).toBe(true);
    expect(before({ front: true }, { front: true, queuedSince: base.queuedSince + 1 })).toBe(true);
  });
  it('stays a whole number that a bigint column and JavaScript hold alike', () => {
    const ten = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(
        ten,
        ten,
        fc.integer({ min: 0, max: 1440 }),
        fc.boolean(),
        fc.boolean(),
        (weight, priority, agingMinutes, front, urgent) =>
          Number.isSafeInteger(
            orderKey({ ...base, weight, priority, agingMinutes, front, urgent }),
          ),
      ),
    );
  });
});
