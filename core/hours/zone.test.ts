import { instantOf, isZone, wallAt } from './zone';

const at = (instant: string): number => Date.parse(instant);

describe('a zone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Atlantis', false],
    ['', false],
    ['local', false],
  ])('%s is one: %s', (name, is) => expect(isZone(name)).toBe(is));

  it('shows an hour twice when clocks go back, and leaves one out when they go forward', () => {
    const twice = at('2026-10-25T02:30Z');
    expect(instantOf('Europe/Berlin', twice, 'first')).toBe(at('2026-10-25T00:30Z'));
    expect(instantOf('Europe/Berlin', twice, 'last')).toBe(at('2026-10-25T01:30Z'));
    const never = at('2026-03-29T02:30Z');
    expect(instantOf('Europe/Berlin', never, 'first')).toBe(at('2026-03-29T01:00Z'));
    expect(wallAt('Europe/Berlin', at('2026-03-29T01:00Z'))).toBe(at('2026-03-29T03:00Z'));
  });
});
