import {
  closedSince,
  isOpen,
  nextChange,
  openMillisBetween,
  type Calendar,
  type ClosedDate,
  type OpenInterval,
} from './calendar';

const HOUR = 3_600_000;
const at = (instant: string): number => Date.parse(instant);
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z');

const on = (weekdays: number[], from: string, to: string): OpenInterval[] =>
  weekdays.map((weekday) => ({ weekday, from, to }));
const DAILY = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = [1, 2, 3, 4, 5];
const closed = (from: string, to: string): ClosedDate => ({ description: 'x', from, to });
const calendar = (
  zone: string,
  intervals: OpenInterval[],
  closedDates: ClosedDate[] = [],
): Calendar => ({ zone, intervals, closedDates });

/** The changes after `from`, up to `to`. */
function changes(hours: Calendar, from: string, to: string): string[] {
  const found: string[] = [];
  let next = nextChange(hours, at(from));
  while (next !== null && next <= at(to)) {
    found.push(`${isOpen(hours, next) ? 'opens' : 'closes'} ${iso(next)}`);
    next = nextChange(hours, next);
  }
  return found;
}

describe('a calendar changes', () => {
  it.each<[what: string, hours: Calendar, from: string, to: string, expected: string[]]>([
    [
      'on weekdays, with a pause at noon',
      calendar('Europe/Berlin', [
        ...on(WEEKDAYS, '08:00', '12:00'),
        ...on(WEEKDAYS, '13:00', '18:00'),
      ]),
      '2026-11-20T12:30Z', // Friday
      '2026-11-23T13:00Z',
      [
        'closes 2026-11-20T17:00Z',
        'opens 2026-11-23T07:00Z',
        'closes 2026-11-23T11:00Z',
        'opens 2026-11-23T12:00Z',
      ],
    ],
    [
      'at other instants in summer, at the same time on the wall',
      calendar('Europe/Berlin', on(DAILY, '09:00', '17:00')),
      '2026-03-27T23:00Z',
      '2026-03-29T23:00Z',
      [
        'opens 2026-03-28T08:00Z',
        'closes 2026-03-28T16:00Z',
        'opens 2026-03-29T07:00Z',
        'closes 2026-03-29T15:00Z',
      ],
    ],
    [
      'Berlin: what opens in the missing hour opens at 03:00',
      calendar('Europe/Berlin', on(DAILY, '02:30', '04:00')),
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['opens 2026-03-29T01:00Z', 'closes 2026-03-29T02:00Z'],
    ],
    [
      'Berlin: what closes in the missing hour closes at 03:00',
      calendar('Europe/Berlin', on(DAILY, '01:00', '02:30')),
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['opens 2026-03-29T00:00Z', 'closes 2026-03-29T01:00Z'],
    ],
    [
      'Berlin: what lies in the missing hour does not happen',
      calendar('Europe/Berlin', on(DAILY, '02:10', '02:50')),
      '2026-03-28T12:00Z',
      '2026-03-30T12:00Z',
      ['opens 2026-03-30T00:10Z', 'closes 2026-03-30T00:50Z'],
    ],
    [
      'Berlin: in the repeated hour the first opens and the last closes',
      calendar('Europe/Berlin', on(DAILY, '02:10', '02:50')),
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      ['opens 2026-10-25T00:10Z', 'closes 2026-10-25T01:50Z'],
    ],
    [
      'Berlin: what closes in the repeated hour closes at the second time',
      calendar('Europe/Berlin', on(DAILY, '01:00', '02:30')),
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      ['opens 2026-10-24T23:00Z', 'closes 2026-10-25T01:30Z'],
    ],
    [
      'Berlin: a pause within the repeated hour is none that day',
      calendar('Europe/Berlin', [...on(DAILY, '01:00', '02:20'), ...on(DAILY, '02:40', '04:00')]),
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      ['opens 2026-10-24T23:00Z', 'closes 2026-10-25T03:00Z'],
    ],
    [
      'New York: forward',
      calendar('America/New_York', on(DAILY, '02:30', '10:00')),
      '2026-03-08T05:00Z',
      '2026-03-08T20:00Z',
      ['opens 2026-03-08T07:00Z', 'closes 2026-03-08T14:00Z'],
    ],
    [
      'New York: back',
      calendar('America/New_York', on(DAILY, '01:30', '10:00')),
      '2026-11-01T04:00Z',
      '2026-11-01T20:00Z',
      ['opens 2026-11-01T05:30Z', 'closes 2026-11-01T15:00Z'],
    ],
    [
      'Lord Howe: forward by half an hour',
      calendar('Australia/Lord_Howe', on(DAILY, '02:15', '04:00')),
      '2026-10-03T12:00Z',
      '2026-10-03T20:00Z',
      ['opens 2026-10-03T15:30Z', 'closes 2026-10-03T17:00Z'],
    ],
    [
      'Lord Howe: back by half an hour',
      calendar('Australia/Lord_Howe', on(DAILY, '01:00', '01:45')),
      '2026-04-04T12:00Z',
      '2026-04-04T20:00Z',
      ['opens 2026-04-04T14:00Z', 'closes 2026-04-04T15:15Z'],
    ],
    [
      'Santiago: where midnight is left out, the day opens at 01:00',
      calendar('America/Santiago', on([7], '00:00', '06:00')),
      '2026-09-05T12:00Z',
      '2026-09-06T12:00Z',
      ['opens 2026-09-06T04:00Z', 'closes 2026-09-06T09:00Z'],
    ],
    [
      'Apia: a day that was left out has no hours',
      calendar('Pacific/Apia', on(DAILY, '08:00', '17:00')),
      '2011-12-29T12:00Z',
      '2011-12-31T12:00Z',
      [
        'opens 2011-12-29T18:00Z',
        'closes 2011-12-30T03:00Z',
        'opens 2011-12-30T18:00Z',
        'closes 2011-12-31T03:00Z',
      ],
    ],
    [
      'Tokyo: the same all year',
      calendar('Asia/Tokyo', on(DAILY, '09:00', '18:00')),
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['opens 2026-03-29T00:00Z', 'closes 2026-03-29T09:00Z'],
    ],
    [
      'on the 29th of February',
      calendar('UTC', on([2], '09:00', '17:00')),
      '2028-02-28T00:00Z',
      '2028-03-06T00:00Z',
      ['opens 2028-02-29T09:00Z', 'closes 2028-02-29T17:00Z'],
    ],
    [
      'over midnight, also from Sunday to Monday',
      calendar('UTC', on([7], '22:00', '06:00')),
      '2026-11-21T00:00Z',
      '2026-11-28T00:00Z',
      ['opens 2026-11-22T22:00Z', 'closes 2026-11-23T06:00Z'],
    ],
    [
      'not at midnight where one day ends and the next begins',
      calendar('UTC', [...on([6], '20:00', '24:00'), ...on([7], '00:00', '02:00')]),
      '2026-11-21T00:00Z',
      '2026-11-28T00:00Z',
      ['opens 2026-11-21T20:00Z', 'closes 2026-11-22T02:00Z'],
    ],
    [
      'once, where intervals overlap',
      calendar('UTC', [...on([6], '08:00', '12:00'), ...on([6], '11:00', '15:00')]),
      '2026-11-21T00:00Z',
      '2026-11-28T00:00Z',
      ['opens 2026-11-21T08:00Z', 'closes 2026-11-21T15:00Z'],
    ],
    [
      'a closed date beats an open day, for a part of it too',
      calendar('UTC', on(DAILY, '08:00', '18:00'), [
        closed('2026-12-24T12:00', '2026-12-26T10:00'),
      ]),
      '2026-12-24T00:00Z',
      '2026-12-26T20:00Z',
      [
        'opens 2026-12-24T08:00Z',
        'closes 2026-12-24T12:00Z',
        'opens 2026-12-26T10:00Z',
        'closes 2026-12-26T18:00Z',
      ],
    ],
    [
      'a closed date over the change of clocks is counted on the wall',
      calendar('Europe/Berlin', on(DAILY, '00:00', '24:00'), [
        closed('2026-03-28T20:00', '2026-03-29T08:00'),
      ]),
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['closes 2026-03-28T19:00Z', 'opens 2026-03-29T06:00Z'],
    ],
    [
      'a closed date that ends in the missing hour ends at 03:00',
      calendar('Europe/Berlin', on(DAILY, '00:00', '24:00'), [
        closed('2026-03-28T20:00', '2026-03-29T02:30'),
      ]),
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['closes 2026-03-28T19:00Z', 'opens 2026-03-29T01:00Z'],
    ],
    [
      'a closed date that ends in the repeated hour opens at the first time',
      calendar('Europe/Berlin', on(DAILY, '00:00', '24:00'), [
        closed('2026-10-24T20:00', '2026-10-25T02:30'),
      ]),
      '2026-10-24T12:00Z',
      '2026-10-25T12:00Z',
      ['closes 2026-10-24T18:00Z', 'opens 2026-10-25T00:30Z'],
    ],
    [
      'after a closed date of years',
      calendar('UTC', on([1], '09:00', '10:00'), [closed('2026-01-01T00:00', '2031-01-01T00:00')]),
      '2026-11-21T00:00Z',
      '2031-01-07T00:00Z',
      ['opens 2031-01-06T09:00Z', 'closes 2031-01-06T10:00Z'],
    ],
    [
      'never, where it is always open',
      calendar('Europe/Berlin', on(DAILY, '00:00', '24:00')),
      '2026-01-01T00:00Z',
      '2030-01-01T00:00Z',
      [],
    ],
    [
      'never, where a day goes from its beginning to the same time of the next',
      calendar('America/Havana', on(DAILY, '00:00', '00:00')),
      '2026-01-01T00:00Z',
      '2030-01-01T00:00Z',
      [],
    ],
    [
      'never, where it is never open',
      calendar('UTC', []),
      '2026-01-01T00:00Z',
      '2030-01-01T00:00Z',
      [],
    ],
  ])('%s', (_, hours, from, to, expected) => expect(changes(hours, from, to)).toEqual(expected));

  it('once more for a closed date far ahead of an always open one', () => {
    const hours = calendar('UTC', on(DAILY, '00:00', '24:00'), [
      closed('2098-01-01T00:00', '2098-01-02T00:00'),
    ]);
    expect(changes(hours, '2026-01-01T00:00Z', '2099-01-01T00:00Z')).toEqual([
      'closes 2098-01-01T00:00Z',
      'opens 2098-01-02T00:00Z',
    ]);
  });
});

describe('a closed period', () => {
  const hours = calendar('UTC', on(WEEKDAYS, '08:00', '18:00'), [
    closed('2026-12-24T12:00', '2026-12-28T00:00'),
  ]);

  it('has the same name from its beginning to its end, whatever closes it', () => {
    const since = (instant: string): string | null => iso(closedSince(hours, at(instant)));
    expect(since('2026-12-24T11:59Z')).toBeNull();
    expect(since('2026-12-24T12:00Z')).toBe('2026-12-24T12:00Z');
    expect(since('2026-12-28T07:59Z')).toBe('2026-12-24T12:00Z');
    expect(since('2026-12-28T08:00Z')).toBeNull();
    expect(since('2026-12-28T18:00Z')).toBe('2026-12-28T18:00Z');
  });

  it('of years begins where it began', () => {
    const long = calendar('UTC', on([1], '09:00', '10:00'), [
      closed('2026-01-05T09:30', '2031-01-01T00:00'),
    ]);
    expect(iso(closedSince(long, at('2030-07-07T00:00Z')))).toBe('2026-01-05T09:30Z');
  });

  it('without any opening before it began with time', () => {
    expect(closedSince(calendar('UTC', []), at('2026-01-01T00:00Z'))).toBe(0);
  });
});

describe('open time between two instants', () => {
  const hours = calendar('Europe/Berlin', on(WEEKDAYS, '08:00', '18:00'));
  it.each([
    ['2026-11-20T16:00Z', '2026-11-23T08:00Z', 2 * HOUR],
    ['2026-11-21T00:00Z', '2026-11-22T20:00Z', 0],
    ['2026-11-20T09:00Z', '2026-11-20T09:30Z', HOUR / 2],
    ['2026-11-20T09:30Z', '2026-11-20T09:00Z', 0],
    ['2026-01-05T00:00Z', '2026-03-30T00:00Z', 12 * 50 * HOUR],
  ])('from %s to %s', (from, to, ms) =>
    expect(openMillisBetween(hours, at(from), at(to))).toBe(ms),
  );
  it('is all of it where it is always open', () => {
    expect(openMillisBetween(null, 5, 12)).toBe(7);
  });
});
