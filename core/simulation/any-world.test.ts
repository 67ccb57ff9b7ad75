import fc from 'fast-check';
import { agent, arrival, queue, run, SECOND } from '../../tests/support/simulated-world';
import type { Calendar } from '../hours/calendar';
import type { LadderStep } from '../routing/ladder';
import type { Conversation } from './conversation';
import type { Hall } from './hall';
import type { Worker } from './workforce';

const hours: Calendar = {
  zone: 'UTC',
  intervals: [
    { weekday: 4, from: '00:00', to: '00:05' },
    { weekday: 4, from: '00:15', to: '23:00' },
  ],
  closedDates: [],
};

const someSkills = fc.subarray(['french', 'billing']);
const steps: readonly LadderStep[] = [
  { afterMs: 20 * SECOND, do: 'notify' },
  { afterMs: 40 * SECOND, do: 'widen' },
  { afterMs: 60 * SECOND, do: 'overflow', queueId: 'R' },
  { afterMs: 90 * SECOND, do: 'overflow', queueId: 'Q' },
  { afterMs: 300 * SECOND, do: 'close' },
];
const someQueue = fc.record({
  delivery: fc.constantFrom('auto' as const, 'offer' as const, 'manual' as const),
  hours: fc.constantFrom(null, hours),
  settings: fc.record({
    waitingFactor: fc.constantFrom(0, 0.5, 1),
    relaxSkillsMs: fc.constantFrom(null, 30 * SECOND),
    returning: fc.record({
      mode: fc.constantFrom('prefer' as const, 'wait' as const, 'off' as const),
      waitMs: fc.constant(45 * SECOND),
    }),
    hours: fc.record({ atClosing: fc.constantFrom('keepWaiting', 'notifyAndClose') }),
    ladder: fc.subarray([...steps]),
  }),
});
const world = fc.record({
  q: someQueue,
  r: someQueue,
  skills: fc.tuple(someSkills, someSkills, someSkills),
  accept: fc.constantFrom(0.3, 1),
  work: fc.array(
    fc.record({
      at: fc.nat(600),
      queueId: fc.constantFrom('Q', 'R'),
      handling: fc.nat(300),
      waiting: fc.constantFrom(0, 0, 100),
      required: someSkills,
      preferred: someSkills,
      customer: fc.constantFrom(null, 'x', 'y'),
      kind: fc.constantFrom('live-chat', 'email', 'voice'),
      patience: fc.option(fc.nat(200), { nil: null }),
    }),
    { maxLength: 40 },
  ),
});

/** Whether nothing speaks against it, by the rules as they are told, not as they are coded. */
function couldHave({ facts, places, skills }: Worker, one: Conversation): boolean {
  const place = places.find(({ desk }) => desk === one.desk);
  if (!place || facts.state !== 'available') return false;
  const { preferredAgentId, preferredUntil, relaxed } = one.place;
  if (preferredUntil !== null && preferredAgentId !== facts.agentId) return false;
  if (!relaxed && !one.skills.required.every((skill) => skills.includes(skill))) return false;
  if (one.excluded?.has(place.worker.index) || !place.worker.serves[one.kind]) return false;
  return facts.usedUnits + (place.units[one.kind] ?? 0) <= facts.maxUnits;
}

const waiting = (hall: Hall): Conversation[] => hall.desks.flatMap((desk) => hall.standing(desk));

describe('in any world', () => {
  it('nobody is lost, waits while an agent could have them, or is given to a full agent', () =>
    fc.assert(
      fc.property(world, ({ q, r, skills, accept, work }) => {
        const staffing = {
          queues: [queue('Q', q), queue('R', r)],
          agents: [
            agent('A', ['Q'], { maxUnits: 100, skills: skills[0] }),
            agent('B', ['Q', 'R'], { maxUnits: 100, skills: skills[1] }),
            agent('C', ['R'], {
              kinds: ['email'],
              skills: skills[2],
              shifts: [{ from: 100 * SECOND, to: 300 * SECOND }],
            }),
          ],
        };
        const arrivals = work
          .map(({ at, queueId, handling, kind, patience, customer, ...asked }) =>
            arrival(at, queueId, 0, {
              kind,
              customer,
              skills: { required: asked.required, preferred: asked.preferred },
              patienceMs: patience === null ? null : patience * SECOND,
              legs: [{ queueId, handlingMs: handling * SECOND, waitingMs: asked.waiting * SECOND }],
            }),
          )
          .sort((a, b) => a.at - b.at);
        const used = new Map<Worker, number>();
        let last: Hall | null = null;
        let [overfull, couldBeGiven] = [0, 0];
        const manners = { accept, reject: 0.3 * (1 - accept) };
        const result = run(arrivals, staffing, manners, (hall) => {
          last = hall;
          const { workers } = hall.workforce;
          for (const worker of workers) {
            const { usedUnits, maxUnits, held } = worker.facts;
            if (usedUnits < 0 || (held === 0 && usedUnits !== 0)) overfull++;
            if (usedUnits > maxUnits && usedUnits > (used.get(worker) ?? 0)) overfull++;
            used.set(worker, usedUnits);
          }
          for (const one of waiting(hall)) {
            if (!one.desk.open && one.desk.choice.handedOut) continue;
            couldBeGiven += workers.filter((worker) => couldHave(worker, one)).length;
          }
        });
        const { all } = result;
        // More units than there is room for only where customers came back, each of them counted.
        expect(overfull).toBeLessThanOrEqual(all.overfilled);
        expect(couldBeGiven).toBe(0);
        expect(all.unserved).toBe(last ? waiting(last).length : 0);
        const { answered, abandoned, closed, unserved } = all;
        const ended = answered + abandoned + closed.byLadder + closed.atClosing;
        expect(ended + unserved).toBe(arrivals.length);
        expect(run(arrivals, staffing, manners)).toEqual(result);
      }),
      { numRuns: 150 },
    ));

  it('agents who take one at a time serve in the order of arrival, as the recursion says', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.nat(50), fc.nat(100)), { minLength: 1, maxLength: 60 }),
        (count, work) => {
          // Kiefer and Wolfowitz 1955: the next one gets whoever is free first.
          const freeAt = Array.from({ length: count }, () => 0);
          let [at, waited] = [0, 0];
          const arrivals = work.map(([after, handling]) => {
            at += after;
            freeAt.sort((a, b) => a - b);
            const from = Math.max(at, freeAt[0] ?? 0);
            freeAt[0] = from + handling;
            waited += from - at;
            return arrival(at, 'Q', handling);
          });
          const agents = freeAt.map((_, n) => agent(`A${n}`, ['Q']));
          const { all } = run(arrivals, { queues: [queue('Q')], agents });
          expect(all.waitMs.mean).toBeCloseTo((waited / work.length) * SECOND, 6);
        },
      ),
    ));
});
