import fc from 'fast-check';
import { anyCandidates, idle } from '../../../tests/support/candidates';
import type { Candidate } from '../candidate';
import { randomFrom } from '../../random';
import { distributionOf, DISTRIBUTIONS, type DistributionName } from './distributions';

/** Names in their order; each agent is called by its key and idle but for what is said of it. */
function order(name: DistributionName, who: Record<string, Partial<Candidate>>): string {
  const candidates = Object.entries(who).map(([agentId, each]) => ({ ...idle, agentId, ...each }));
  const row = distributionOf(name)(candidates, randomFrom(1));
  return row.map(({ agentId }) => agentId).join(' ');
}

describe('the order', () => {
  type Case = [DistributionName, Record<string, Partial<Candidate>>, string];
  it.each<Case>([
    [
      'least-loaded',
      { A: { usedUnits: 50 }, B: { usedUnits: 25 }, C: { usedUnits: 25, maxUnits: 200 } },
      'C B A',
    ],
    ['least-loaded', { A: { lastAssignedAt: 9 }, B: { lastAssignedAt: 8 }, C: {} }, 'C B A'],
    ['least-loaded', { B: {}, A: {} }, 'A B'],
    [
      'longest-idle',
      {
        A: { idleSince: 7 },
        B: { idleSince: 3 },
        C: { idleSince: null, lastAssignedAt: 1 },
        D: { idleSince: null, lastAssignedAt: 2 },
      },
      'B A C D',
    ],
    [
      'round-robin',
      { A: { position: 1, servedAt: 5 }, B: { position: 2, servedAt: 9 }, C: { position: 3 } },
      'C A B',
    ],
    ['round-robin', { C: { position: 3, servedAt: 9 }, A: { position: 1, servedAt: 5 } }, 'A C'],
    ['round-robin', { B: { position: 2 }, A: { position: 1 } }, 'A B'],
    [
      'fewest-handled',
      { A: { handledToday: 2 }, B: { handledToday: 1, lastAssignedAt: 9 }, C: { handledToday: 1 } },
      'C B A',
    ],
    [
      'least-recently-notified',
      { A: { notifiedAt: 5 }, B: { notifiedAt: 4, lastAssignedAt: 1 }, C: {} },
      'C B A',
    ],
    ['linear', { A: { position: 2 }, B: { position: 1, usedUnits: 75 } }, 'B A'],
    ['ring-all', { A: { position: 2 }, B: { position: 1 } }, 'B A'],
  ])('%s of %j: %s', (name, who, expected) => expect(order(name, who)).toBe(expected));

  it('has everybody once, the same for the same draws however they came', () =>
    fc.assert(
      fc.property(
        anyCandidates.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        fc.constantFrom(...DISTRIBUTIONS),
        fc.nat(),
        ([all, shuffled], name, seed) => {
          const row = distributionOf(name)(all, randomFrom(seed)).map(({ agentId }) => agentId);
          expect([...row].sort()).toEqual(all.map(({ agentId }) => agentId).sort());
          const again = distributionOf(name)(shuffled, randomFrom(seed));
          expect(again.map(({ agentId }) => agentId)).toEqual(row);
        },
      ),
    ));
});

describe('drawing', () => {
  const DRAWS = 20_000;
  const share = (name: DistributionName, penalties: Record<string, number>): number[] => {
    const first = new Map(Object.keys(penalties).map((agentId) => [agentId, 0]));
    for (let seed = 0; seed < DRAWS; seed++) {
      const who = Object.entries(penalties).map(([agentId, penalty]) => ({
        ...idle,
        agentId,
        penalty,
      }));
      const id = distributionOf(name)(who, randomFrom(seed))[0]?.agentId ?? '';
      first.set(id, (first.get(id) ?? 0) + 1);
    }
    return [...first.values()].map((count) => count / DRAWS);
  };

  it('gives everybody the same chance', () => {
    for (const part of share('random', { A: 0, B: 100, C: 50 })) expect(part).toBeCloseTo(1 / 3, 1);
  });

  it('goes by 101 - penalty', () => {
    const [a, b] = share('weighted-random', { A: 26, B: 76 });
    expect(a).toBeCloseTo(0.75, 1);
    expect(b).toBeCloseTo(0.25, 1);
  });

  it('leaves a penalty of 100 for when there is nobody else', () => {
    expect(share('weighted-random', { A: 100, B: 99 })).toEqual([0, 1]);
    expect(share('weighted-random', { A: 100 })).toEqual([1]);
  });

  it('has other numbers for each seed, spread over all', () => {
    const firsts = Array.from({ length: 1_000 }, (_, seed) => randomFrom(seed)());
    expect(new Set(firsts).size).toBe(1_000);
    for (const [from, to] of [
      [0, 0.25],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.75, 1],
    ] as const) {
      const inside = firsts.filter((n) => n >= from && n < to);
      expect(inside.length / firsts.length).toBeCloseTo(0.25, 1);
    }
  });
});
