import fc from 'fast-check';
import { WAIT_CAUSES } from './wait-cause';
import { splitWait, staysOf, type WaitLog } from './wait-split';

const nothing = { closed: 0, 'nobody in': 0, 'all full': 0, 'offer ignored': 0 };
const stays = [{ queueId: 'S', from: 0, to: 100 }];
const is = (since: number, open: boolean, staffed: boolean, queueId = 'S') => ({
  ...{ queueId, since, open, staffed },
});
const log = (more: Partial<WaitLog>): WaitLog => ({
  ...{ stays, conditions: [], ignoredOffers: [] },
  ...more,
});

describe('the split of a wait', () => {
  it.each([
    ['nothing on record: everybody had enough to do', {}, { 'all full': 100 }],
    ['closed, though people were in', { conditions: [is(-5, false, true)] }, { closed: 100 }],
    ['open with nobody in', { conditions: [is(-5, true, false)] }, { 'nobody in': 100 }],
    ['before the first entry as it says', { conditions: [is(60, false, true)] }, { closed: 100 }],
    [
      'one after the other',
      {
        conditions: [
          is(-50, true, true),
          is(-5, false, false),
          is(30, true, false),
          is(70, true, true),
        ],
      },
      { closed: 30, 'nobody in': 40, 'all full': 30 },
    ],
    [
      'entries in any order, and after the end',
      { conditions: [is(500, false, false), is(30, true, true), is(-5, false, false)] },
      { closed: 30, 'all full': 70 },
    ],
    [
      'offers that nobody wanted come first, overlaps counted once',
      {
        conditions: [is(-5, false, false)],
        ignoredOffers: [
          { from: 10, to: 30 },
          { from: 20, to: 40 },
          { from: 90, to: 120 },
        ],
      },
      { closed: 60, 'offer ignored': 40 },
    ],
    [
      'each queue by its own entries',
      {
        stays: [
          { queueId: 'S', from: 0, to: 40 },
          { queueId: 'T', from: 40, to: 100 },
        ],
        conditions: [is(-5, false, true), is(-5, true, false, 'T'), is(80, true, true, 'T')],
      },
      { closed: 40, 'nobody in': 40, 'all full': 20 },
    ],
  ])('%s', (_, given, expected) =>
    expect(splitWait(0, 100, log(given))).toEqual({ ...nothing, ...expected }),
  );

  it('of no wait is nothing', () => expect(splitWait(7, 7, log({}))).toEqual(nothing));

  const at = fc.integer({ min: -50, max: 150 });
  const queueId = fc.constantFrom('S', 'T');
  const span = fc.tuple(at, at).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const anyLog = fc.record({
    stays: fc.array(
      fc.tuple(queueId, span).map(([q, s]) => ({ queueId: q, ...s })),
      { maxLength: 4 },
    ),
    conditions: fc.array(
      fc.record({ queueId, since: at, open: fc.boolean(), staffed: fc.boolean() }),
      { maxLength: 8 },
    ),
    ignoredOffers: fc.array(span, { maxLength: 4 }),
  });

  it('sums up to the wait, whatever is on record', () =>
    fc.assert(
      fc.property(span, anyLog, ({ from, to }, any) => {
        const split = splitWait(from, to, any);
        expect(Object.keys(split).sort()).toEqual([...WAIT_CAUSES].sort());
        expect(Object.values(split).every((ms) => ms >= 0)).toBe(true);
        expect(Object.values(split).reduce((sum, ms) => sum + ms, 0)).toBe(to - from);
      }),
    ));

  it('of two parts is the split of the whole', () =>
    fc.assert(
      fc.property(at, at, at, anyLog, (a, b, c, any) => {
        const [from = 0, middle = 0, to = 0] = [a, b, c].sort((x, y) => x - y);
        const [one, two] = [splitWait(from, middle, any), splitWait(middle, to, any)];
        const sum = WAIT_CAUSES.map((cause) => [cause, one[cause] + two[cause]]);
        expect(splitWait(from, to, any)).toEqual(Object.fromEntries(sum));
      }),
    ));
});

describe('the queues in which it stood', () => {
  const moves = [
    { at: 10, from: 'S', to: 'T' },
    { at: 50, from: 'T', to: 'U' },
  ];

  it('follow from its moves', () =>
    expect(staysOf(moves, 'U', 0, 100)).toEqual([
      { queueId: 'S', from: 0, to: 10 },
      { queueId: 'T', from: 10, to: 50 },
      { queueId: 'U', from: 50, to: 100 },
    ]));

  it('begin and end with the wait', () => {
    expect(staysOf(moves, 'U', 20, 40)).toEqual([{ queueId: 'T', from: 20, to: 40 }]);
    expect(staysOf(moves, 'U', 60, 60)).toEqual([]);
    expect(staysOf([], 'S', 5, 8)).toEqual([{ queueId: 'S', from: 5, to: 8 }]);
  });
});
