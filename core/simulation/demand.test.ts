import { generateArrivals, type Stream } from './generate';
import type { Arrival } from './model';
import { changePlan, queueIdsOf, staffingFrom, type Plan } from './plan';
import { arrivalsFrom, type RecordedConversation } from './recorded';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const from = Date.UTC(2026, 10, 2);

describe('made-up arrivals', () => {
  const stream: Stream = {
    queueId: 'Q',
    kind: 'live-chat',
    priority: 3,
    perHour: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 1_000 : hour === 10 ? 500 : 0)),
    perWeekday: [1, 0.5, 0, 0, 0, 0, 0],
    handling: { kind: 'fixed', meanMs: 7 },
    patience: null,
    transfer: { share: 0.25, queueId: 'R', handling: { kind: 'fixed', meanMs: 9 } },
    waiting: null,
    skills: [],
    returning: 0,
  };
  const count = (zone: string, hour: number, day = 0): number => {
    const begins = from + day * DAY + hour * HOUR;
    const arrivals = generateArrivals([stream], { from, until: from + 7 * DAY, zone }, 1);
    return arrivals.filter(({ at }) => at >= begins && at < begins + HOUR).length;
  };

  it('come by the hour of the zone and by the day of the week', () => {
    expect(Math.abs(count('UTC', 9) - 1_000)).toBeLessThan(100);
    expect(Math.abs(count('UTC', 10) - 500)).toBeLessThan(70);
    expect(Math.abs(count('UTC', 9, 1) - 500)).toBeLessThan(70);
    expect(count('UTC', 9, 2) + count('UTC', 11)).toBe(0);
    expect(Math.abs(count('Europe/Berlin', 8) - 1_000)).toBeLessThan(100);
    // 05:30 before UTC: half of its hour lies in ours.
    expect(Math.abs(count('Asia/Kolkata', 3) - 500)).toBeLessThan(70);
  });

  it('are in order, and a share of them is transferred', () => {
    const arrivals = generateArrivals(
      [stream, stream],
      { from, until: from + DAY, zone: 'UTC' },
      1,
    );
    expect(arrivals.every(({ at }, n) => at >= (arrivals[n - 1]?.at ?? 0))).toBe(true);
    const two = arrivals.filter(({ legs }) => legs.length === 2);
    expect(two.length / arrivals.length).toBeCloseTo(0.25, 1);
    expect(two[0]).toMatchObject({
      priority: 3,
      patienceMs: null,
      legs: [
        { queueId: 'Q', handlingMs: 7 },
        { queueId: 'R', handlingMs: 9 },
      ],
    });
  });

  it('wait for their customers, ask for skills and come back, in the shares that are wanted', () => {
    const [required, preferred] = [['french'], ['billing']];
    const more: Stream = {
      ...stream,
      waiting: { share: 0.5, time: { kind: 'fixed', meanMs: 5 } },
      skills: [
        { share: 0.2, required, preferred: [] },
        { share: 0.3, required: [], preferred },
      ],
      returning: 0.4,
    };
    const span = { from, until: from + DAY, zone: 'UTC' };
    const plain = generateArrivals([stream], span, 1);
    const arrivals = generateArrivals([more], span, 1);
    const share = (fits: (one: Arrival) => boolean): number =>
      arrivals.filter(fits).length / arrivals.length;
    expect(share(({ legs }) => legs[0]?.waitingMs === 5)).toBeCloseTo(0.5, 1);
    expect(share(({ skills }) => skills.required.length > 0)).toBeCloseTo(0.2, 1);
    expect(share(({ skills }) => skills.preferred.length > 0)).toBeCloseTo(0.3, 1);
    const customers = new Set(arrivals.map(({ customer }) => customer));
    expect(1 - customers.size / arrivals.length).toBeCloseTo(0.4, 1);
    expect(plain.every(({ customer, skills }) => customer === null && !skills.required[0])).toBe(
      true,
    );
  });
});

describe('recorded arrivals', () => {
  const one: RecordedConversation = {
    at: 5,
    queueId: 'Q',
    kind: 'email',
    priority: 1,
    waitedMs: 100,
    handlingMs: 50,
    waitingMs: 0,
    skills: { required: [], preferred: [] },
    customer: null,
    gaveUpMs: null,
  };

  it('keep what is known; nobody gives up of a kind of which nobody did', () =>
    expect(arrivalsFrom([one, { ...one, at: 1 }], 1)).toMatchObject([
      { at: 1, patienceMs: null },
      { at: 5, kind: 'email', priority: 1, legs: [{ queueId: 'Q', handlingMs: 50 }] },
    ]));

  it('take an unknown handling time from others like them', () => {
    const unknown = { ...one, at: 9, handlingMs: null };
    const others = [one, { ...one, queueId: 'R', handlingMs: 60 }];
    const of = (more: object) => arrivalsFrom([...others, { ...unknown, ...more }], 1)[2]?.legs[0];
    expect(of({})).toMatchObject({ handlingMs: 50 });
    expect(of({ queueId: 'R' })).toMatchObject({ handlingMs: 60 });
    expect([50, 60]).toContain(of({ queueId: 'S', kind: 'sms' })?.handlingMs);
    expect(arrivalsFrom([unknown], 1)[0]?.legs[0]?.handlingMs).toBe(300_000);
  });

  it('have the patience that was seen, and more than the wait where none was', () => {
    const gone = { ...one, waitedMs: null, gaveUpMs: 70 };
    const many = Array.from({ length: 3_000 }, () => one);
    const [first, ...others] = arrivalsFrom([{ ...gone, at: 0 }, ...many, gone, gone], 1);
    expect(first?.patienceMs).toBe(70);
    const rest = others.slice(0, 3_000).map(({ patienceMs }) => patienceMs ?? 0);
    expect(Math.min(...rest)).toBeGreaterThanOrEqual(100);
    // All the waiting, by three who gave up.
    const mean = rest.reduce((sum, n) => sum + n, 0) / rest.length;
    expect(Math.abs(mean / (100 + (300_000 + 210) / 3) - 1)).toBeLessThan(0.1);
  });
});

describe('a plan', () => {
  const plan: Plan = {
    queues: [{ id: '1', name: 'Support', settings: { offerMs: 5 } }, { name: 'Sales' }],
    agents: [
      { name: 'early', count: 2, queues: [{ queue: 'Support', position: 5 }] },
      { name: 'Ann', queues: [{ queue: '1' }, { queue: 'Sales', penalty: 9 }] },
    ],
  };
  const span = { from, until: from + 2 * DAY, zone: 'Europe/Berlin' };

  it('finds queues by name or id, and counts groups', () => {
    const { queues, agents } = staffingFrom(plan, span);
    expect(queues.map(({ id, delivery }) => [id, delivery])).toEqual([
      ['1', 'auto'],
      ['Sales', 'auto'],
    ]);
    expect(agents.map(({ id }) => id)).toEqual(['early 1', 'early 2', 'Ann']);
    expect(agents[1]?.memberships).toEqual([{ queueId: '1', penalty: 0, position: 6 }]);
    expect(agents[2]?.memberships.map(({ queueId }) => queueId)).toEqual(['1', 'Sales']);
    expect(() => queueIdsOf(plan)('Nowhere')).toThrow('There is no queue "Nowhere".');
    const twice = { ...plan, queues: [{ name: 'A' }, { name: 'A' }] };
    expect(() => queueIdsOf(twice)).toThrow('Two queues are called "A".');
  });

  it('has shifts by the wall clock, also over midnight and over a change of the clock', () => {
    const shiftsOf = (shifts: object[], more = span) =>
      staffingFrom(
        { ...plan, agents: [{ name: 'A', queues: [], shifts: shifts as never }] },
        more,
      ).agents[0]?.shifts?.map((shift) =>
        [shift.from, shift.to].map((at) => (at - more.from) / HOUR),
      );
    expect(shiftsOf([{ days: [1], from: '09:00', to: '17:00' }])).toEqual([[8, 16]]);
    expect(shiftsOf([{ days: [7, 1], from: '22:00', to: '06:00' }])).toEqual([
      [-3, 5],
      [21, 29],
    ]);
    expect(
      shiftsOf([
        { days: [1], from: '09:00', to: '12:00' },
        { days: [1], from: '12:00', to: '24:00' },
      ]),
    ).toEqual([[8, 23]]);
    // On 25 October 2026 the clock is put back at 03:00.
    const sunday = Date.UTC(2026, 9, 24, 22);
    const long = { from: sunday, until: sunday + DAY, zone: 'Europe/Berlin' };
    expect(shiftsOf([{ days: [7], from: '00:00', to: '08:00' }], long)).toEqual([[0, 9]]);
  });

  it('is changed entry by entry', () => {
    const changed = changePlan(plan, {
      queues: [
        { name: 'Support', distribution: 'linear', settings: { agingMinutes: 3 } },
        { name: 'Sales', remove: true },
        { name: 'New' },
      ],
      agents: [{ name: 'early', count: 5 }, { name: 'Ann', queues: [] }, { name: 'Bob' }],
    });
    expect(changed.queues).toMatchObject([
      { id: '1', distribution: 'linear', settings: { offerMs: 5, agingMinutes: 3 } },
      { name: 'New' },
    ]);
    expect(changed.agents).toMatchObject([
      { name: 'early', count: 5, queues: [{ queue: 'Support' }] },
      { name: 'Ann', queues: [] },
      { name: 'Bob', queues: [] },
    ]);
    expect(() => changePlan(plan, { agents: [{ count: 1 }] })).toThrow('neither id nor name');
    expect(() => changePlan(plan, { queues: [{ name: 'X', remove: true }] })).toThrow(
      'There is no queue "X" to remove.',
    );
  });
});
