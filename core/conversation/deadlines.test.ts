import { clockOf } from '../hours/clock';
import { NO_PLACE } from '../routing/place';
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
  ladder: [
    { afterMs: 60_000, do: 'notify' },
    { afterMs: 90_000, do: 'close' },
  ],
  relaxSkillsMs: 30_000,
  transferMs: 20_000,
};
const after = {
  status: 'open' as const,
  placement: 'queued' as const,
  survey: 'none' as const,
  ownerId: null,
  transferToId: null,
  excluded: 0,
  replied: false,
  policy,
  quietSince: 5_000,
  place: NO_PLACE,
  needsSkills: false,
  windowExpiresAt: null,
};
const NOW = 1_000_000;
const inLine = { ...NO_PLACE, queuedSince: NOW - 500_000, lineSince: NOW };
const of = (before: Partial<Deadlines>, change: object, ownerId: string | null = null): Deadlines =>
  deadlinesAfter(
    { ownerId, deadlines: { ...none, ...before } },
    { ...after, ...change },
    clockOf(null, NOW),
  );

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
    [
      'a wait climbs the ladder and gives up skills',
      of({}, { place: inLine, needsSkills: true }),
      { ladder: NOW + 60_000, relax: NOW + 30_000 },
    ],
    [
      'a step further the next one comes, and skills are given up once',
      of({}, { place: { ...inLine, ladderStep: 1, relaxed: true }, needsSkills: true }),
      { ladder: NOW + 90_000 },
    ],
    ['nothing comes after the last step', of({}, { place: { ...inLine, ladderStep: 2 } }), {}],
    [
      'nothing of the line counts while it is offered',
      of({}, { place: inLine, placement: 'offered', ownerId: 'a', windowExpiresAt: NOW + 1 }),
      { offer: NOW + 20_000 },
    ],
    [
      'it is urgent once, for the last quarter of its window',
      of({}, { place: { ...inLine, ladderStep: 2 }, windowExpiresAt: NOW + 7 * 3_600_000 }),
      { urgent: NOW + 3_600_000 },
    ],
    [
      'haste is too late when the window has closed',
      of({}, { place: { ...inLine, ladderStep: 2 }, windowExpiresAt: NOW }),
      {},
    ],
    [
      'it is kept for an agent for its time',
      of({}, { place: { ...inLine, ladderStep: 2, preferredUntil: NOW + 5 } }),
      { preferred: NOW + 5 },
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

  it('counts first reply and ladder in open hours', () => {
    const morning = 9 * 3_600_000;
    const closed = { now: NOW, afterOpen: (_: number, ms: number) => morning + ms };
    const before = { ownerId: null, deadlines: none };
    const place = { ...inLine, ladderStep: 1 };
    expect(deadlinesAfter(before, { ...after, place }, closed).ladder).toBe(morning + 90_000);
    const held = { ...after, placement: 'assigned' as const, ownerId: 'a' };
    expect(deadlinesAfter(before, held, closed).firstResponse).toBe(morning + 300_000);
  });

  it('acts on the earliest that has passed', () => {
    const two = { ...none, snooze: 10, confirm: 5 };
    expect(earliest(two)).toEqual({ name: 'confirm', at: 5 });
    expect(due(two, 4)).toBeNull();
    expect(due(two, 5)).toBe('confirm');
    expect(earliest(none)).toBeNull();
  });
});
