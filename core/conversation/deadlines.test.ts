import { deadlinesAfter, due, earliest } from './deadlines';
import { DEADLINES, type Deadlines, type Policy } from './types';

const none = Object.fromEntries(DEADLINES.map((name) => [name, null])) as Deadlines;
const policy: Policy = {
  version: 1,
  delivery: 'offer',
  offerMs: 20_000,
  roundPauseMs: 10_000,
  missedOffersToPause: 2,
  survey: true,
  surveyMs: 600_000,
  confirmMs: 86_400_000,
  waitingMs: 604_800_000,
  firstResponseMs: 300_000,
  idleMs: 1_800_000,
  reopenMs: 0,
};
const after = {
  status: 'open' as const,
  placement: 'queued' as const,
  survey: 'none' as const,
  ownerId: null,
  excluded: 0,
  replied: false,
  policy,
  quietSince: 5_000,
};
const NOW = 1_000_000;
const of = (before: Partial<Deadlines>, change: object, ownerId: string | null = null): Deadlines =>
  deadlinesAfter({ ownerId, deadlines: { ...none, ...before } }, { ...after, ...change }, NOW);

describe('deadlines', () => {
  const table: [string, Deadlines, Partial<Deadlines>][] = [
    ['nothing runs in line', of({}, {}), {}],
    [
      'an offer lasts its time',
      of({}, { placement: 'offered', ownerId: 'a' }),
      { offer: NOW + 20_000 },
    ],
    [
      'an offer to another agent starts anew',
      of({ offer: NOW + 1 }, { placement: 'offered', ownerId: 'b' }, 'a'),
      { offer: NOW + 20_000 },
    ],
    ['exclusions end with the round', of({}, { excluded: 1 }), { roundEnd: NOW + 10_000 }],
    [
      'a round that runs keeps its end',
      of({ roundEnd: NOW + 3 }, { excluded: 2 }),
      { roundEnd: NOW + 3 },
    ],
    [
      'waiting ends after a week',
      of({}, { status: 'waiting', placement: 'assigned', ownerId: 'a' }),
      { snooze: NOW + 604_800_000 },
    ],
    [
      'a snooze given by a person stays',
      of({ snooze: NOW + 9 }, { status: 'waiting' }),
      { snooze: NOW + 9 },
    ],
    [
      'a survey expires',
      of({}, { status: 'solved', survey: 'running', placement: null }),
      { survey: NOW + 600_000 },
    ],
    [
      'solved without survey is confirmed by silence',
      of({}, { status: 'solved', placement: null }),
      { confirm: NOW + 86_400_000 },
    ],
    [
      'who holds it must reply and not fall silent',
      of({}, { placement: 'assigned', ownerId: 'a' }),
      { firstResponse: NOW + 300_000, idle: 1_805_000 },
    ],
    [
      'once replied, only silence counts',
      of({}, { placement: 'assigned', ownerId: 'a', replied: true }),
      { idle: 1_805_000 },
    ],
    [
      'closed has none',
      of({ snooze: 1, confirm: 2, survey: 3 }, { status: 'closed', placement: null }),
      {},
    ],
  ];
  it.each(table)('%s', (_, found, expected) => expect(found).toEqual({ ...none, ...expected }));

  it('acts on the earliest that has passed', () => {
    const two = { ...none, snooze: 10, confirm: 5 };
    expect(earliest(two)).toEqual({ name: 'confirm', at: 5 });
    expect(due(two, 4)).toBeNull();
    expect(due(two, 5)).toBe('confirm');
    expect(earliest(none)).toBeNull();
  });
});
