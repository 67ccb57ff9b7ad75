import fc from 'fast-check';
import { anyCandidates, idle } from '../../tests/support/candidates';
import { DISTRIBUTIONS } from './distribution/distributions';
import { ELIGIBILITIES } from './eligibility/eligibility';
import { isHandedOut, rank, type Rule } from './rank';

const rule = (more: Partial<Rule>): Rule => ({
  eligibility: 'capacity',
  distribution: 'linear',
  maxPerAgent: null,
  ...more,
});

describe('the decision', () => {
  it('keeps the place of those who are passed over', () => {
    const paused = { ...idle, agentId: 'A', state: 'paused' as const };
    const next = { ...idle, agentId: 'B', position: 1 };
    const ranked = rank([next, paused], rule({}), 1);
    expect(ranked.map((each) => [each.candidate.agentId, each.passedOver])).toEqual([
      ['A', 'paused'],
      ['B', null],
    ]);
  });

  it('of omni goes to those without work before the distribution counts', () => {
    const busy = { ...idle, agentId: 'A', held: 1, usedUnits: 25, idleSince: null };
    const calling = { ...idle, agentId: 'B', onCall: true };
    const free = { ...idle, agentId: 'C', position: 9 };
    const names = (mode: Rule['eligibility']) =>
      rank([busy, calling, free], rule({ eligibility: mode }), 1).map((r) => r.candidate.agentId);
    expect(names('omni')).toEqual(['C', 'A', 'B']);
    expect(names('capacity')).toEqual(['A', 'B', 'C']);
  });

  it('goes to the agent whom the customer knows, then to more of the skills that are wished for', () => {
    const known = { ...idle, agentId: 'A', position: 3, held: 1, known: true };
    const two = { ...idle, agentId: 'B', position: 2, held: 1, wishedSkills: 2 };
    const one = { ...idle, agentId: 'C', position: 1, wishedSkills: 1 };
    const none = { ...idle, agentId: 'D' };
    const names = (mode: Rule['eligibility']) =>
      rank([none, one, two, known], rule({ eligibility: mode }), 1).map((r) => r.candidate.agentId);
    expect(names('capacity')).toEqual(['A', 'B', 'C', 'D']);
    expect(names('omni')).toEqual(['A', 'B', 'C', 'D']);
  });

  it('is the same for the same seed', () =>
    fc.assert(
      fc.property(
        anyCandidates,
        fc.constantFrom(...ELIGIBILITIES),
        fc.constantFrom(...DISTRIBUTIONS),
        fc.nat(),
        (all, eligibility, distribution, seed) => {
          const by = rule({ eligibility, distribution });
          expect(rank(all, by, seed)).toEqual(rank([...all].reverse(), by, seed));
        },
      ),
    ));

  it('is left to agents in manual queues, where they pull, and where all are rung', () => {
    expect(isHandedOut(rule({}), 'auto')).toBe(true);
    expect(isHandedOut(rule({}), 'offer')).toBe(true);
    expect(isHandedOut(rule({}), 'manual')).toBe(false);
    expect(isHandedOut(rule({ eligibility: 'ringall' }), 'auto')).toBe(false);
    expect(isHandedOut(rule({ eligibility: 'ringallmultiple' }), 'offer')).toBe(false);
    expect(isHandedOut(rule({ distribution: 'ring-all' }), 'auto')).toBe(false);
  });
});
