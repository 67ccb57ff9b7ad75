import { agent, arrival, overflow, queue, run, SECOND } from '../../tests/support/simulated-world';
import type { Calendar } from '../hours/calendar';
import type { LadderStep } from '../routing/ladder';
import type { QueueSettings } from '../routing/policy';
import type { Arrival, SimulatedAgent } from './model';

const seconds = (settings: QueueSettings) => ({ settings });
const asks = (...required: string[]): Partial<Arrival> => ({
  skills: { required, preferred: [] },
});

describe('a conversation that waits for its customer', () => {
  /** 50 s of work, 50 s of waiting, 50 s of work; another one comes after 10 s. */
  const world = (waitingFactor: number, other: number) =>
    run(
      [
        arrival(0, 'Q', 0, {
          legs: [{ queueId: 'Q', handlingMs: 100 * SECOND, waitingMs: 50 * SECOND }],
        }),
        arrival(10, 'Q', other),
      ],
      { queues: [queue('Q', seconds({ waitingFactor }))], agents: [agent('A', ['Q'])] },
    ).all;

  it.each([
    // factor, work of the other one, its wait, came back to a full agent, unit-seconds of 25 a conversation
    [0, 20, 40, 0, 100 + 20],
    [0, 100, 40, 1, 100 + 100],
    [0.5, 20, 140, 0, 100 + 0.52 * 50 + 20],
    [1, 20, 140, 0, 150 + 20],
  ])('with the factor %d and %i s of other work', (factor, other, wait, overfilled, work) => {
    const all = world(factor, other);
    expect(all.waitMs.max).toBe(wait * SECOND);
    expect(all.overfilled).toBe(overfilled);
    expect(all.utilisation).toBeCloseTo(work / 3_600, 10);
  });
});

describe('skills', () => {
  const agents = [agent('A', ['Q']), agent('B', ['Q'], { skills: ['french', 'billing'] })];
  /** The first agent takes one who asks nothing, the second is busy with French for 100 s. */
  const wait = (more: Partial<Arrival>, settings: QueueSettings = {}) =>
    run([arrival(0, 'Q', 100, asks('french')), arrival(10, 'Q', 10, more)], {
      queues: [queue('Q', seconds(settings))],
      agents,
    }).all;

  it.each([
    ['one that is free and lacks it is passed over', asks('french'), {}, 90, 0],
    ['all of them are needed', asks('billing', 'french'), {}, 90, 0],
    ['what asks for none does not stand behind', {}, {}, 0, 0],
    [
      'preferred ones are no condition',
      { skills: { required: [], preferred: ['french'] } },
      {},
      0,
      0,
    ],
    ['required ones are relaxed by time', asks('french'), { relaxSkillsMs: 30 * SECOND }, 30, 1],
    ['or by the ladder', asks('french'), { ladder: [{ afterMs: 20_000, do: 'widen' }] }, 20, 1],
  ] as const)('%s', (_, more, settings, expected, relaxed) => {
    const all = wait(more, settings);
    expect(all.waitMs.max).toBe(expected * SECOND);
    expect(all.relaxed).toBe(relaxed);
  });

  it('what waits for a skill holds up nobody behind it', () => {
    const french = asks('french');
    const { all } = run(
      [arrival(0, 'Q', 100, french), arrival(1, 'Q', 10, french), arrival(2, 'Q', 10)],
      { queues: [queue('Q')], agents },
    );
    expect(all.waitMs).toMatchObject({ p50: 0, max: 99 * SECOND });
  });

  it('those who have more of the preferred go first, whatever the distribution says', () => {
    const linear = agents.map((each, position) => ({
      ...each,
      memberships: [{ queueId: 'Q', penalty: 0, position }],
    }));
    const preferred = { skills: { required: [], preferred: ['french'] } };
    // Had the first one gone to A, as by the order, the second would not wait.
    const { all } = run([arrival(0, 'Q', 100, preferred), arrival(1, 'Q', 10, asks('french'))], {
      queues: [queue('Q', { distribution: 'linear' })],
      agents: linear,
    });
    expect(all.waitMs.max).toBe(99 * SECOND);
  });
});

describe('the ladder', () => {
  const step = (after: number, what: 'widen' | 'notify' | 'close'): LadderStep => ({
    afterMs: after * SECOND,
    do: what,
  });
  const told: LadderStep = { afterMs: 20 * SECOND, do: 'text', text: { text: 'Still there?' } };
  const away: Partial<SimulatedAgent> = { shifts: [] };

  it('is climbed to its end', () => {
    const ladder = [step(10, 'notify'), told, step(30, 'close')];
    const { all, hours } = run([arrival(0, 'Q', 1)], {
      queues: [queue('Q', seconds({ ladder }))],
      agents: [agent('A', ['Q'], { shifts: [{ from: 31 * SECOND, to: 1e9 }] })],
    });
    expect(all).toMatchObject({ notified: 1, told: 1, answered: 0, unserved: 0 });
    expect(all).toMatchObject({ closed: { byLadder: 1, atClosing: 0 }, serviceLevel: 0 });
    expect(hours[0]).toMatchObject({ closed: 1 });
  });

  it('ends with the wait', () => {
    const ladder = [step(10, 'notify'), told, step(30, 'close')];
    const { all } = run([arrival(0, 'Q', 100)], {
      queues: [queue('Q', seconds({ ladder }))],
      agents: [agent('A', ['Q'], { shifts: [{ from: 15 * SECOND, to: 1e9 }] })],
    });
    expect(all).toMatchObject({ notified: 1, told: 0, answered: 1 });
  });

  it('waits for an offer to come back', () => {
    const { all } = run(
      [arrival(0, 'Q', 100)],
      {
        queues: [queue('Q', { delivery: 'offer', ...seconds({ ladder: [step(10, 'close')] }) })],
        agents: [agent('A', ['Q'])],
      },
      { accept: 0 },
    );
    expect(all).toMatchObject({ closed: { byLadder: 1 }, offers: { made: 1, missed: 1 } });
  });

  it('keeps the age of what flows over, and begins anew there', () => {
    const { queues } = run([arrival(0, 'R', 100), arrival(5, 'Q', 10), arrival(10, 'R', 10)], {
      queues: [
        queue('Q', overflow(60, 'R')),
        queue('R', seconds({ ladder: [step(50, 'notify')] })),
      ],
      agents: [agent('A', ['R']), agent('B', ['Q'], away)],
    });
    // The one from Q, which is older, at 100 s; the other at 110 s. The step in R: at 60 s, not at 65 s, but 110 s.
    expect(queues[0]?.figures).toMatchObject({ overflowed: 1, notified: 0 });
    expect(queues[0]?.figures.waitMs.max).toBe(95 * SECOND);
    expect(queues[1]?.figures).toMatchObject({ notified: 1 });
    expect(queues[1]?.figures.waitMs.max).toBe(100 * SECOND);
  });

  it.each([
    ['is not there', [] as string[], null, 'R'],
    ['has no agents', [], null, 'Q'],
    ['is closed', ['Q'], 'closed', 'Q'],
  ])('goes on where the queue that should take it %s', (_, members, hours, _other) => {
    const never: Calendar = { zone: 'UTC', intervals: [], closedDates: [] };
    const ladder: LadderStep[] = [
      { afterMs: 10 * SECOND, do: 'overflow', queueId: _other },
      step(20, 'notify'),
    ];
    const { all } = run([arrival(0, 'P', 1)], {
      queues: [
        queue('P', seconds({ ladder })),
        queue('Q', { hours: hours === null ? null : never }),
      ],
      agents: [agent('A', ['P', ...members], away)],
    });
    expect(all).toMatchObject({ overflowed: 0, overflowsSkipped: 1, notified: 1, unserved: 1 });
  });
});

describe('a customer who comes back', () => {
  const x = { customer: 'x' };
  const linear = ['A', 'B'].map((id, position) =>
    agent(id, [], { memberships: [{ queueId: 'Q', penalty: 0, position }] }),
  );
  /** A is busy at first, so x gets B; later both are free but for `more`. */
  const world = (settings: QueueSettings, more: Arrival[], agents = linear) =>
    run([arrival(0, 'Q', 10), arrival(1, 'Q', 4, x), ...more], {
      queues: [queue('Q', { distribution: 'linear', settings })],
      agents,
    }).all;
  const back = arrival(20, 'Q', 10, x);
  /** Both at work, A until 25 s and B until 40 s. */
  const busy = [arrival(15, 'Q', 10), arrival(16, 'Q', 24)];

  it.each([
    ['gets the same agent', {}, [back], { known: 1, kept: 0, met: 1 }, 0],
    ['or the first, where nobody asks', { mode: 'off' }, [back], { known: 0, kept: 0, met: 0 }, 0],
    ['or the first who is free', {}, [...busy, back], { known: 1, kept: 0, met: 0 }, 5],
    ['or waits for the same', { mode: 'wait' }, [...busy, back], { known: 1, kept: 1, met: 1 }, 20],
    [
      'but not for ever',
      { mode: 'wait', waitMs: 8 * SECOND },
      [...busy, back],
      { known: 1, kept: 1, met: 0 },
      8,
    ],
  ] as const)('%s', (_, returning, more, expected, wait) => {
    const all = world({ returning }, [...more]);
    expect(all.returning).toEqual(expected);
    expect(all.waitMs.max).toBe(wait * SECOND);
  });

  it('is not kept for an agent who is not there, nor known to one who was there too long ago', () => {
    const [a, b] = linear;
    const gone = [a, b && { ...b, shifts: [{ from: 0, to: 18 * SECOND }] }].flatMap((w) => w ?? []);
    const settings = { returning: { mode: 'wait' } } as const;
    expect(world(settings, [back], gone).returning).toEqual({ known: 1, kept: 0, met: 0 });
    const later = arrival(86_400 + 30, 'Q', 10, x);
    expect(world({ returning: { days: 1 } }, [later]).returning.known).toBe(0);
  });

  it('is nobody else’s while it is kept, and holds up nobody', () => {
    const settings = { returning: { mode: 'wait' } } as const;
    const all = world(settings, [...busy, back, arrival(21, 'Q', 1)]);
    // The one who came last gets A at 25 s.
    expect(all.returning.met).toBe(1);
    expect(all.waitMs).toMatchObject({ max: 20 * SECOND, mean: 24_000 / 6 });
  });
});

describe('opening hours', () => {
  /** From 1970-01-01, a Thursday, 00:00 in UTC. */
  const hours: Calendar = {
    zone: 'UTC',
    intervals: [
      { weekday: 4, from: '00:00', to: '00:10' },
      { weekday: 4, from: '00:30', to: '24:00' },
    ],
    closedDates: [],
  };
  const closing = { hours: { atClosing: 'notifyAndClose' } } as const;
  const world = (arrivals: Arrival[], settings: QueueSettings = {}, from = 0) =>
    run(arrivals, {
      queues: [queue('Q', { hours, settings })],
      agents: [agent('A', ['Q'], { shifts: [{ from: from * SECOND, to: 1e9 }] })],
    }).all;

  it('what comes when it is closed is tried once, and then waits for the opening', () => {
    const all = world([arrival(700, 'Q', 60), arrival(710, 'Q', 60)]);
    expect(all.waitMs).toMatchObject({ p50: (1_800 - 710) * SECOND, mean: 545 * SECOND });
  });

  it.each([
    ['live-chat', closing, 1, 0],
    ['email', closing, 0, 1],
    ['live-chat', {}, 0, 1],
  ])('at closing time %s with %j', (kind, settings, atClosing, answered) => {
    const all = world([arrival(500, 'Q', 60, { kind })], settings, 650);
    expect(all).toMatchObject({ closed: { atClosing }, answered, unserved: 0 });
  });

  it('only open time counts for the ladder', () => {
    const ladder = [{ afterMs: 200_000, do: 'close' }] as const;
    // 100 s until it closes; it is answered at 00:30. With 10 s of open time it would have been closed before.
    expect(world([arrival(500, 'Q', 60)], { ladder }, 650)).toMatchObject({ answered: 1 });
    const short = [{ afterMs: 100_000, do: 'close' }] as const;
    expect(world([arrival(500, 'Q', 60)], { ladder: short }, 650)).toMatchObject({
      closed: { byLadder: 1 },
    });
  });
});
