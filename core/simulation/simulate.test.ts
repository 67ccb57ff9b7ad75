import fc from 'fast-check';
import { agent, arrival, overflow, queue, run, SECOND } from '../../tests/support/simulated-world';
import { DISTRIBUTIONS } from '../routing/distribution/distributions';
import { ELIGIBILITIES } from '../routing/eligibility/eligibility';

describe('one agent', () => {
  const staffing = { queues: [queue('Q')], agents: [agent('A', ['Q'])] };

  it('takes one after the other, the oldest first', () => {
    const { all } = run(
      [arrival(0, 'Q', 100), arrival(10, 'Q', 100), arrival(20, 'Q', 100)],
      staffing,
    );
    expect(all.waitMs).toMatchObject({ mean: 90 * SECOND, p50: 90 * SECOND, max: 180 * SECOND });
    expect(all).toMatchObject({ arrived: 3, answered: 3, abandoned: 0, serviceLevel: 1 / 3 });
    expect(all.utilisation).toBeCloseTo(300 / 3_600, 10);
  });

  it('takes what has more points before what is older', () => {
    const { all } = run(
      [arrival(0, 'Q', 100), arrival(10, 'Q', 100), arrival(20, 'Q', 100, { priority: 1 })],
      staffing,
    );
    // 0, 80 and 190 seconds.
    expect(all.waitMs).toMatchObject({ mean: 90 * SECOND, p50: 80 * SECOND, max: 190 * SECOND });
  });

  it('loses whoever waits longer than the patience lasts', () => {
    const impatient = { patienceMs: 30 * SECOND };
    const { all } = run(
      [arrival(0, 'Q', 100, impatient), arrival(10, 'Q', 100, impatient)],
      staffing,
    );
    expect(all).toMatchObject({ answered: 1, abandoned: 1, abandonment: 0.5 });
    expect(all).toMatchObject({ meanWaitOfAllMs: 15 * SECOND, serviceLevel: 0.5 });
  });

  it('has several at once where they cost less', () => {
    const agents = [agent('A', ['Q'], { maxUnits: 50 })];
    const { all } = run(
      [0, 0, 0].map((at) => arrival(at, 'Q', 100)),
      { ...staffing, agents },
    );
    expect(all.waitMs).toMatchObject({ p50: 0, max: 100 * SECOND });
  });

  it('is there in the shift only, and brings to its end what is begun', () => {
    const shifts = [{ from: 60 * SECOND, to: 120 * SECOND }];
    const { all } = run([arrival(0, 'Q', 100), arrival(10, 'Q', 100)], {
      ...staffing,
      agents: [agent('A', ['Q'], { shifts })],
    });
    expect(all).toMatchObject({ answered: 1, unserved: 1, utilisation: 1 });
    expect(all.waitMs.max).toBe(60 * SECOND);
  });
});

describe('offers', () => {
  const queues = [queue('Q', { delivery: 'offer' })];
  const agents = [agent('A', ['Q']), agent('B', ['Q'])];

  it('take the time of an answer', () => {
    const { all } = run([arrival(0, 'Q', 100)], { queues, agents });
    expect(all.offers).toEqual({ made: 1, rejected: 0, missed: 0 });
    expect(all.waitMs.mean).toBe(SECOND);
  });

  it('go to the next agent when they are rejected, and anew after the pause of the round', () => {
    const patience = { patienceMs: 13.5 * SECOND };
    const { all } = run(
      [arrival(0, 'Q', 100, patience)],
      { queues, agents },
      { accept: 0, reject: 1 },
    );
    // At 0 and 1 s; the second rejection at 2 s begins a pause of 10 s; at 12 and 13 s.
    expect(all.offers).toEqual({ made: 4, rejected: 3, missed: 0 });
    expect(all.abandoned).toBe(1);
  });

  it('pause agents who miss them', () => {
    const only = { queues, agents: [agent('A', ['Q'])] };
    const patience = { patienceMs: 100 * SECOND };
    const { all } = run([arrival(0, 'Q', 100, patience)], only, { accept: 0 });
    // 0-20 s, 30-50 s, away until 110 s.
    expect(all.offers).toEqual({ made: 2, rejected: 0, missed: 2 });
  });

  it('go back to the line when the shift ends', () => {
    const shifts = [{ from: 0, to: 0.5 * SECOND }];
    const { all } = run([arrival(0.1, 'Q', 100)], {
      queues,
      agents: [
        agent('A', ['Q'], { shifts }),
        agent('B', ['Q'], { shifts: [{ from: 2 * SECOND, to: 1e9 }] }),
      ],
    });
    expect(all.offers.made).toBe(2);
    expect(all.waitMs.mean).toBe(2_900);
  });
});

describe('several queues', () => {
  it('pass on what waits too long, with its age', () => {
    const { queues, all } = run([arrival(0, 'Q', 100)], {
      queues: [queue('Q', overflow(30, 'R')), queue('R')],
      agents: [agent('A', ['R'])],
    });
    expect(queues[0]?.figures).toMatchObject({ arrived: 1, overflowed: 1, answered: 1 });
    expect(queues[0]?.figures.waitMs.mean).toBe(30 * SECOND);
    expect(queues[1]?.figures).toMatchObject({ arrived: 0, answered: 0 });
    expect(queues[1]?.figures.utilisation).toBeCloseTo(100 / 3_600, 10);
    expect(all.overflowed).toBe(1);
  });

  it('never pass one to and fro', () => {
    const { all } = run([arrival(0, 'Q', 100)], {
      queues: [queue('Q', overflow(1, 'R')), queue('R', overflow(1, 'Q'))],
      agents: [agent('A', ['Q', 'R'], { shifts: [] })],
    });
    expect(all).toMatchObject({ overflowed: 1, overflowsSkipped: 1, unserved: 1 });
  });

  it('get what agents transfer, as a new wait', () => {
    const legs = [
      { queueId: 'Q', handlingMs: 10 * SECOND, waitingMs: 0 },
      { queueId: 'R', handlingMs: 10 * SECOND, waitingMs: 0 },
    ];
    const { queues, all } = run([arrival(0, 'Q', 0, { legs })], {
      queues: [queue('Q'), queue('R')],
      agents: [agent('A', ['Q']), agent('B', ['R'], { shifts: [{ from: 15 * SECOND, to: 1e9 }] })],
    });
    expect(queues[1]?.figures).toMatchObject({ arrived: 1, transferred: 1, answered: 1 });
    expect(queues[1]?.figures.waitMs.mean).toBe(5 * SECOND);
    expect(all).toMatchObject({ arrived: 2, transferred: 1 });
  });

  it('are served in the order of their weights', () => {
    const { queues } = run([arrival(0, 'Q', 10), arrival(1, 'Q', 10), arrival(2, 'R', 10)], {
      queues: [queue('Q'), queue('R', { weight: 1 })],
      agents: [agent('A', ['Q', 'R'])],
    });
    expect(queues.map(({ figures }) => figures.waitMs.max)).toEqual([19 * SECOND, 8 * SECOND]);
  });
});

describe('the rules of the router', () => {
  it('of which one does not exist are refused', () => {
    const wrong = { queues: [queue('Q', { eligibility: 'anybody' })], agents: [] };
    expect(() => run([], wrong)).toThrow('There is no eligibility "anybody"');
    const nowhere = { queues: [], agents: [agent('A', ['Q'])] };
    expect(() => run([], nowhere)).toThrow('no queue Q');
  });

  it('decide who is busy: incall leaves nothing beside it', () => {
    const work = [arrival(0, 'Q', 100), arrival(1, 'R', 100)];
    const agents = [agent('A', ['Q', 'R'], { maxUnits: 100 })];
    const wait = (eligibility: string): number =>
      run(work, { queues: [queue('Q', { eligibility }), queue('R')], agents }).all.waitMs.max;
    expect(wait('capacity')).toBe(0);
    expect(wait('incall')).toBe(99 * SECOND);
  });

  it('go round from the one who was served last, though that one is full', () => {
    const place = (queueId: string, position: number) => ({ queueId, penalty: 0, position });
    const staffing = {
      queues: [queue('Q', { distribution: 'round-robin' }), queue('R')],
      agents: [
        agent('A', [], { memberships: [place('Q', 0)] }),
        agent('B', [], { memberships: [place('Q', 1)] }),
        agent('C', [], { memberships: [place('Q', 2), place('R', 0)] }),
        agent('D', [], { memberships: [place('Q', 3)] }),
      ],
    };
    // A, B, C, D, and B again, since nobody else is free. Then A and C are, and C comes after B.
    const work = [
      ...[arrival(1, 'Q', 4.5), arrival(2, 'Q', 2.5), arrival(3, 'Q', 2.6), arrival(4, 'Q', 100)],
      ...[arrival(5, 'Q', 100), arrival(6, 'Q', 100), arrival(7, 'R', 1)],
    ];
    const { queues } = run(work, staffing);
    expect(queues.map(({ figures }) => figures.waitMs.max)).toEqual([0, 99 * SECOND]);
  });

  const world = fc.record({
    eligibility: fc.constantFrom(...ELIGIBILITIES),
    distribution: fc.constantFrom(...DISTRIBUTIONS),
    delivery: fc.constantFrom('auto' as const, 'offer' as const, 'manual' as const),
    accept: fc.constantFrom(0.3, 1),
    work: fc.array(
      fc.record({
        at: fc.nat(600),
        queueId: fc.constantFrom('Q', 'R'),
        handling: fc.nat(300),
        kind: fc.constantFrom('live-chat', 'email', 'voice'),
        patience: fc.option(fc.nat(200), { nil: null }),
      }),
      { maxLength: 40 },
    ),
  });

  it('lose nobody, whatever they are, and give the same figures again', () =>
    fc.assert(
      fc.property(world, ({ eligibility, distribution, delivery, accept, work }) => {
        const rule = { eligibility, distribution, delivery };
        const staffing = {
          queues: [queue('Q', { ...rule, ...overflow(60, 'R') }), queue('R')],
          agents: [
            agent('A', ['Q'], { maxUnits: 100 }),
            agent('B', ['Q', 'R'], { maxUnits: 100 }),
            agent('C', ['R'], {
              kinds: ['email'],
              shifts: [{ from: 100 * SECOND, to: 300 * SECOND }],
            }),
          ],
        };
        const arrivals = work
          .map(({ at, queueId, handling, kind, patience }) =>
            arrival(at, queueId, handling, {
              kind,
              patienceMs: patience === null ? null : patience * SECOND,
            }),
          )
          .sort((a, b) => a.at - b.at);
        const result = run(arrivals, staffing, { accept, reject: 0.3 * (1 - accept) });
        const { all } = result;
        expect(all.answered + all.abandoned + all.unserved).toBe(arrivals.length);
        expect(all.unserved).toBe(0);
        expect(all.utilisation).toBeLessThanOrEqual(1);
        expect(run(arrivals, staffing, { accept, reject: 0.3 * (1 - accept) })).toEqual(result);
      }),
      { numRuns: 60 },
    ));
});
