import { compareOverSeeds } from './single-queue';

/** What each figure may be off, in percent of itself: the mean of it over all seeds. */
const WITHIN_PERCENT = 5;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

describe(`the simulator is, over ${SEEDS.length} seeds, within ${WITHIN_PERCENT} % of`, () => {
  it.each([
    [1, 0.6, 20_000],
    [5, 3.5, 50_000],
  ])('Erlang C for %i agents and %d erlangs', (agents, load, conversations) => {
    const found = compareOverSeeds({ agents, load, patienceMs: null, conversations }, SEEDS);
    expect(found.filter(({ percent }) => percent > WITHIN_PERCENT)).toEqual([]);
  });

  it.each([
    [5, 5, 120_000, 10_000],
    [20, 19, 60_000, 12_000],
    [100, 105, 120_000, 30_000],
  ])(
    'Erlang A for %i agents, %d erlangs and patience of %d ms',
    (agents, load, patienceMs, conversations) => {
      const found = compareOverSeeds({ agents, load, patienceMs, conversations }, SEEDS);
      expect(found.filter(({ percent }) => percent > WITHIN_PERCENT)).toEqual([]);
    },
  );
});
