import { enter, lineOf, NO_PLACE, type Place } from './place';

const NOW = 1_000;
const waiting: Place = {
  ...NO_PLACE,
  queuedSince: 100,
  lineSince: 200,
  ladderStep: 2,
  visited: ['q0'],
  relaxed: true,
  preferredAgentId: 'a',
  preferredUntil: 5_000,
  alertedAt: 300,
};
const entry = { age: 'keep', front: false, leaves: null, urgent: false } as const;

describe('the place in line', () => {
  it('a new wait begins with nothing', () =>
    expect(enter(waiting, { ...entry, age: 'now' }, NOW)).toEqual({
      ...NO_PLACE,
      queuedSince: NOW,
      lineSince: NOW,
    }));

  it('what flows over keeps its age, and begins the ladder of the other queue', () =>
    expect(enter(waiting, { ...entry, leaves: 'q1' }, NOW)).toEqual({
      ...NO_PLACE,
      queuedSince: 100,
      lineSince: NOW,
      visited: ['q0', 'q1'],
      alertedAt: 300,
    }));

  it('what comes back into the same line goes on where it was, kept for nobody', () =>
    expect(enter(waiting, { ...entry, front: true }, NOW)).toEqual({
      ...waiting,
      front: true,
      preferredAgentId: null,
      preferredUntil: null,
    }));

  it('what did not wait has no age to keep', () =>
    expect(enter(NO_PLACE, entry, NOW)).toMatchObject({ queuedSince: NOW, lineSince: NOW }));

  const skills = { required: ['french', 'billing', 'french'], preferred: ['vip'] };
  it.each([
    ['the plain line', { ...NO_PLACE }, { ...skills, required: [] }, ''],
    [
      'one for each set of skills, in whatever order',
      { ...NO_PLACE },
      skills,
      'skills:billing,french',
    ],
    ['the plain one again once skills are given up', { ...NO_PLACE, relaxed: true }, skills, ''],
    ['an agent’s own while it is kept', { ...waiting, relaxed: false }, skills, 'agent:a'],
  ] as const)('stands in %s', (_, place, asked, line) => expect(lineOf(place, asked)).toBe(line));
});
