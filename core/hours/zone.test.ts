import { dayBegan, instantOf, isZone, wallAt } from './zone';

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

  it.each([
    ['UTC', '2026-07-01T23:59:59Z', '2026-07-01T00:00Z'],
    ['Pacific/Kiritimati', '2026-07-01T10:00Z', '2026-07-01T10:00Z'],
    ['America/New_York', '2026-07-01T02:00Z', '2026-06-30T04:00Z'],
    // The day on which clocks went back had begun in summer time.
    ['Europe/Berlin', '2026-10-25T12:00Z', '2026-10-24T22:00Z'],
    // A midnight that was left out: the day began at one.
    ['Asia/Beirut', '2022-03-27T12:00Z', '2022-03-26T22:00Z'],
  ])('knows when the day began in %s at %s', (zone, instant, began) =>
    expect(dayBegan(zone, at(instant))).toBe(at(began)),
  );
});
