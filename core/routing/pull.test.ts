import { idle } from '../../tests/support/candidates';
import { pullRefusal } from './pull';
import type { Rule } from './rank';

const refusal = (rule: Partial<Rule>, who: Partial<typeof idle>): string | null =>
  pullRefusal(
    { ...idle, ...who },
    { eligibility: 'capacity', distribution: 'least-loaded', maxPerAgent: null, ...rule },
  );

describe('taking from the line', () => {
  const full = { usedUnits: 100, held: 4, heldHere: 4 };
  it('may exceed the capacity where it is an act beside the rule', () => {
    expect(refusal({}, full)).toBeNull();
    expect(refusal({ eligibility: 'interaction' }, full)).toBeNull();
  });
  it('keeps to the capacity where agents pull by the rule', () => {
    expect(refusal({ eligibility: 'ringallmultiple' }, full)).toBe('NO_CAPACITY');
    expect(refusal({ distribution: 'ring-all' }, full)).toBe('NO_CAPACITY');
    expect(refusal({ eligibility: 'ringallmultiple' }, { ...full, usedUnits: 75 })).toBeNull();
  });
  it('goes one by one where the rule says so', () => {
    expect(refusal({ eligibility: 'ringall' }, { held: 1, heldHere: 1 })).toBe('QUEUE_LIMIT');
    expect(refusal({ eligibility: 'ringall' }, { held: 1 })).toBeNull();
    expect(refusal({ eligibility: 'incall', distribution: 'ring-all' }, { onCall: true })).toBe(
      'QUEUE_LIMIT',
    );
  });
});
