import { compareWithErlang } from './single-queue';

/** What each figure may be off, in percent of itself. The seed is fixed, so it is off by the same each time. */
const WITHIN_PERCENT = 5;
const SEED = 2;

describe(`the simulator is within ${WITHIN_PERCENT} % of`, () => {
  it.each([
    [1, 0.6, 40_000],
    [5, 3.5, 150_000],
    [10, 7.5, 200_000],
  ])('Erlang C for %i agents and %d erlangs', (agents, load, conversations) => {
    const found = compareWithErlang({ agents, load, patienceMs: null, conversations }, SEED);
    expect(found.filter(({ percent }) => percent > WITHIN_PERCENT)).toEqual([]);
  });

  it.each([
    [5, 5, 120_000, 40_000],
    [20, 19, 60_000, 50_000],
    [100, 105, 120_000, 60_000],
  ])(
    'Erlang A for %i agents, %d erlangs and patience of %d ms',
    (agents, load, patienceMs, conversations) => {
      const found = compareWithErlang({ agents, load, patienceMs, conversations }, SEED);
      expect(found.filter(({ percent }) => percent > WITHIN_PERCENT)).toEqual([]);
    },
  );
});
