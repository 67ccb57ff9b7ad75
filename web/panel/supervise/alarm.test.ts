import { alarmOf, totalsOf } from './alarm';
import type { QueueNow } from './use-supervision';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const queue = (given: Partial<QueueNow> = {}): QueueNow => ({
  ...{ id: 'q', name: 'Support', delivery: 'offer', open: true, nextChangeAt: null },
  ...{ members: 3, loggedIn: 2, available: 1, waiting: 1, offered: 0, assigned: 0, snoozed: 0 },
  ...{ longestSince: '2026-11-21T11:58:00.000Z', alerted: 0, nextStepAt: null },
  ...given,
});

test.each([
  ['somebody waits while somebody is there', {}, null],
  ['supervisors were told of a long wait', { alerted: 1, open: false }, 'longWait'],
  ['nobody is in', { loggedIn: 0, available: 0 }, 'nobodyIn'],
  ['nobody is in, and nobody waits', { loggedIn: 0, waiting: 0 }, null],
  ['all are paused', { available: 0 }, 'nobodyAvailable'],
  ['it is closed', { open: false, loggedIn: 0 }, 'waitsForOpening'],
  ['the next step is near', { nextStepAt: '2026-11-21T12:00:30.000Z' }, 'soonLong'],
  ['the next step is far', { nextStepAt: '2026-11-21T12:10:00.000Z' }, null],
] as const)('a queue where %s', (_, given, name) => {
  expect(alarmOf(queue(given), NOW)?.name ?? null).toBe(name);
});

test('the numbers at the top count who is there, and the longest of all waits', () => {
  const agent = { state: 'available', absent: false, room: 3 };
  const totals = totalsOf({
    queues: [
      queue({ waiting: 2, offered: 1, alerted: 1 }),
      queue({ longestSince: '2026-11-21T11:00:00.000Z' }),
      queue({ waiting: 0, longestSince: null }),
    ],
    agents: [
      agent,
      { ...agent, state: 'paused', room: 0 },
      { ...agent, absent: true, room: 0 },
      { ...agent, state: 'logged_off', room: 0 },
    ],
  });
  expect(totals).toEqual({
    ...{ waiting: 4, longestSince: '2026-11-21T11:00:00.000Z', room: 3 },
    ...{ agentsIn: 2, agentsAvailable: 1, alerted: 1 },
  });
});
