import { boundariesOf } from './boundaries';

const at = (instant: string): number => Date.parse(instant);
const calendar = {
  zone: 'Europe/Berlin',
  intervals: [
    { weekday: 1, from: '02:30', to: '18:00' },
    { weekday: 7, from: '02:30', to: '18:00' },
    { weekday: 6, from: '20:00', to: '24:00' },
    { weekday: 5, from: '22:00', to: '02:30' },
  ],
  closedDates: [
    { description: 'past', from: '2026-01-01T00:00', to: '2026-01-02T00:00' },
    { description: 'to come', from: '2026-12-24T12:00', to: '2026-12-27T00:00' },
  ],
};

describe('the boundaries of a calendar', () => {
  it('are its times of the week, each once, and its closed dates to come', () => {
    const { weekly, dated } = boundariesOf(calendar, at('2026-11-21T12:00Z'));
    expect(weekly).toEqual([
      { hour: 0, minute: 0, weekdays: [7] },
      { hour: 2, minute: 30, weekdays: [1, 6, 7] },
      { hour: 18, minute: 0, weekdays: [1, 7] },
      { hour: 20, minute: 0, weekdays: [6] },
      { hour: 22, minute: 0, weekdays: [5] },
    ]);
    expect(dated).toEqual([
      { year: 2026, month: 12, day: 24, hour: 12, minute: 0 },
      { year: 2026, month: 12, day: 27, hour: 0, minute: 0 },
    ]);
  });

  it('hold the hour at which a missing time opens, when it is near', () => {
    const { dated } = boundariesOf({ ...calendar, closedDates: [] }, at('2026-03-20T12:00Z'));
    expect(dated).toEqual([{ year: 2026, month: 3, day: 29, hour: 3, minute: 0 }]);
  });

  it('are none where it is never open', () => {
    const never = { zone: 'UTC', intervals: [], closedDates: [] };
    expect(boundariesOf(never, 0)).toEqual({ weekly: [], dated: [] });
  });
});
