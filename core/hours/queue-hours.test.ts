import { calendarOf, closingText, outOfHoursText } from './queue-hours';

const own = { zone: 'UTC', intervals: [], closedDates: [] };
const global = { ...own, zone: 'Europe/Berlin' };

describe('the calendar of a queue', () => {
  it.each([
    ['own', own, global, own],
    ['inherit', own, global, global],
    ['inherit', own, null, null],
    ['always', own, global, null],
    ['own', null, global, null],
  ] as const)('%s', (mode, its, all, expected) =>
    expect(calendarOf(mode, its, all)).toBe(expected),
  );
});

describe('what is said out of hours', () => {
  const text = { text: 'Closed', byLanguage: { de: 'Geschlossen', 'pt-BR': 'Fechado' } };
  it.each([
    [null, 'Closed'],
    ['de', 'Geschlossen'],
    ['de-AT', 'Geschlossen'],
    ['pt-br', 'Fechado'],
    ['pt', 'Closed'],
    ['fr', 'Closed'],
  ])('to a customer who speaks %s', (language, said) => {
    expect(outOfHoursText({ outOfHours: text }, language)).toBe(said);
    expect(closingText({ closing: text }, language)).toBe(said);
  });
  it('is ours where the queue has no words, and nothing where it wants none', () => {
    expect(outOfHoursText(undefined, null)).toContain('outside our opening hours');
    expect(closingText({}, null)).toContain('closing now');
    expect(outOfHoursText({ outOfHours: null }, null)).toBeNull();
  });
});
