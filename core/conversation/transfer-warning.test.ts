import { closedQueueWarning } from './transfer-warning';

describe('the warning of a transfer into a closed queue', () => {
  it.each([
    [
      Date.UTC(2026, 10, 24, 7),
      'Europe/Berlin',
      'The queue Support is closed until 24 November 2026, 08:00. The conversation will wait there.',
    ],
    [
      Date.UTC(2026, 10, 24, 3),
      'America/New_York',
      'The queue Support is closed until 23 November 2026, 22:00. The conversation will wait there.',
    ],
    [null, 'UTC', 'The queue Support is closed. The conversation will wait there.'],
  ])('opening at %s in %s', (opensAt, zone, expected) =>
    expect(closedQueueWarning('Support', opensAt, zone)).toBe(expected),
  );
});
