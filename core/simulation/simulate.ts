/** Replays arrivals against queues and agents on a virtual clock, by the router's own rules. */
import { orderKey } from '../routing/order';
import type { Conversation } from './conversation';
import { draw } from './durations';
import { EventHeap } from './event-heap';
import type { SimulationResult } from './figures';
import { Hall } from './hall';
import type { Happening } from './happenings';
import { Measure } from './measure';
import type { Arrival, Demand, Staffing } from './model';
import { randomFrom, type Random } from '../random';
import type { Desk, Place, Worker } from './workforce';

/** Whoever is still in line so long after the end of the arrivals counts as not served. */
const AFTER_END_MS = 86_400_000;

/**
 * Simulates `demand` with `staffing`. The same seed gives the same result; two staffings under one seed get the same
 * customers, down to their patience and to how long each takes. Follows the product: an arrival chooses an agent, who is
 * then given the first of all his lines; an agent who has room again is given until nothing fits.
 * @throws RangeError where a queue, a rule or a membership does not exist
 */
export function simulate(demand: Demand, staffing: Staffing, seed: number): SimulationResult {
  return new Simulation(demand, staffing, seed).run();
}

class Simulation {
  private now: number;
  private readonly agenda = new EventHeap<Happening>();
  private readonly hall: Hall;
  private readonly measure: Measure;
  private readonly offered = new Set<Conversation>();

  constructor(
    private readonly demand: Demand,
    staffing: Staffing,
    private readonly seed: number,
  ) {
    this.now = demand.from;
    this.hall = new Hall(demand, staffing, seed);
    this.measure = new Measure(this.hall.desks, demand);
    for (const [n, worker] of this.hall.workforce.workers.entries()) {
      const shifts = staffing.agents[n]?.shifts ?? [{ from: demand.from, to: Infinity }];
      for (const { from, to } of shifts) {
        this.agenda.put({ at: Math.max(from, demand.from), what: 'in', worker });
        if (to < Infinity) this.agenda.put({ at: to, what: 'out', worker });
      }
    }
  }

  run(): SimulationResult {
    const { arrivals, until } = this.demand;
    for (let next = 0; ;) {
      const arrival = arrivals[next];
      const { nextAt } = this.agenda;
      // What happens at the same instant comes before an arrival: whoever begins a shift then is there.
      if (arrival && arrival.at < nextAt) {
        this.now = arrival.at;
        this.arrive(arrival, next++);
        continue;
      }
      const happening = nextAt > until + AFTER_END_MS ? undefined : this.agenda.take();
      if (!happening) return this.measure.result(arrivals.length, this.hall.workforce);
      this.now = happening.at;
      this.happen(happening);
    }
  }

  private happen(event: Happening): void {
    switch (event.what) {
      case 'done':
        return this.finish(event.of);
      case 'abandon':
        if (event.of.legNo === event.legNo) this.abandon(event.of);
        return;
      case 'overflow':
        if (isStillThere(event)) this.overflow(event.of);
        return;
      case 'pull':
        if (isStillThere(event)) this.see(event.of);
        return;
      case 'accept':
        if (event.of.claimNo === event.claimNo) this.assign(event.of);
        return;
      case 'reject':
      case 'lapse':
        if (event.of.claimNo === event.claimNo) this.refuse(event.of, event.what);
        return;
      case 'roundEnd':
        if (event.of.claimNo === event.claimNo) this.endRound(event.of);
        return;
      case 'in':
        return this.comeIn(event.worker);
      case 'unpause':
        // The shift may have ended meanwhile.
        if (event.worker.facts.state === 'paused') this.comeIn(event.worker);
        return;
      case 'out':
        return this.leave(event.worker);
    }
  }

  private arrive(arrival: Arrival, no: number): void {
    const [leg] = arrival.legs;
    if (!leg) throw new RangeError('An arrival needs a leg.');
    const desk = this.hall.deskOf(leg);
    this.begin({
      arrival,
      no,
      kind: this.hall.kindOf(arrival.kind),
      state: 'queued',
      legNo: 0,
      leg,
      entry: desk,
      desk,
      since: this.now,
      enteredAt: this.now,
      orderKey: 0,
      isSeen: false,
      claimNo: 0,
      held: null,
      heldSince: 0,
      excluded: null,
      passed: null,
    });
  }

  /** Begins the leg that the conversation is in. */
  private begin(one: Conversation): void {
    this.measure.arrived(one, one.legNo > 0);
    const { patienceMs } = one.arrival;
    if (patienceMs !== null) this.planHere('abandon', one, patienceMs);
    this.enter(one);
  }

  /** Puts the conversation into the line of its queue, at the place that its age and its points give it. */
  private enter(one: Conversation): void {
    const { weight, settings, overflow } = one.desk.queue;
    one.state = 'queued';
    one.enteredAt = this.now;
    one.orderKey = orderKey({
      weight,
      priority: one.arrival.priority,
      agingMinutes: settings.agingMinutes ?? 0,
      queuedSince: one.since,
      urgent: false,
      front: false,
    });
    one.isSeen = one.desk.choice.handedOut;
    if (overflow) this.planHere('overflow', one, overflow.afterMs);
    if (one.isSeen) this.see(one);
    else this.planHere('pull', one, draw(this.demand.manners.answer, this.randomOf(one)));
  }

  /** From now on agents may get it. */
  private see(one: Conversation): void {
    one.isSeen = true;
    this.hall.toLine(one);
    this.place(one);
  }

  /** Finds agents for a conversation in line, until it is placed or nobody is left. */
  private place(one: Conversation): void {
    let tried: Set<Worker> | null = null;
    while (one.state === 'queued' && one.isSeen) {
      const worker = this.hall.bestFor(one, tried, this.now);
      if (!worker) return;
      if (!this.giveNext(worker)) (tried ??= new Set()).add(worker);
    }
  }

  private give(worker: Worker): void {
    while (this.giveNext(worker));
  }

  /** False where there is nothing for the agent. */
  private giveNext(worker: Worker): boolean {
    const first = this.hall.firstFor(worker, this.now);
    if (first) this.claim(first.one, first.place);
    return first !== null;
  }

  /** Takes it from its line for the agent: assigned, or offered. */
  private claim(one: Conversation, place: Place): void {
    this.hall.outOfLine(one);
    one.claimNo++;
    one.held = { place, kind: one.kind, units: place.units[one.kind] ?? 0 };
    one.heldSince = this.now;
    this.hall.workforce.reserve(one.held, this.now);
    const { queue, choice, policy } = one.desk;
    if (queue.delivery !== 'offer' || !choice.handedOut) return this.assign(one);
    one.state = 'offered';
    this.offered.add(one);
    this.measure.offered(one);
    const { accept, reject, answer } = this.demand.manners;
    const random = this.randomOf(one);
    const says = random();
    const after = says < accept + reject ? draw(answer, random) : Infinity;
    const what = says < accept ? 'accept' : 'reject';
    if (after < policy.offerMs) this.planClaim(what, one, after);
    else this.planClaim('lapse', one, policy.offerMs);
  }

  private assign(one: Conversation): void {
    if (!one.held) return;
    this.offered.delete(one);
    one.state = 'assigned';
    one.claimNo++;
    one.excluded = null;
    one.heldSince = this.now;
    this.hall.workforce.assign(one.held, this.now);
    this.measure.answered(one, this.now);
    this.agenda.put({ at: this.now + one.leg.handlingMs, what: 'done', of: one });
  }

  /** The agent is done with it, or transfers it. */
  private finish(one: Conversation): void {
    const worker = this.letGo(one);
    const leg = one.arrival.legs[one.legNo + 1];
    one.state = 'gone';
    if (leg) {
      one.legNo++;
      one.leg = leg;
      one.desk = one.entry = this.hall.deskOf(leg);
      one.since = this.now;
      one.passed = null;
      this.begin(one);
    }
    if (worker) this.give(worker);
  }

  /** Frees the agent who holds it or is offered it. */
  private letGo(one: Conversation): Worker | null {
    const { held } = one;
    if (!held) return null;
    one.held = null;
    this.offered.delete(one);
    this.hall.workforce.free(held, this.now);
    this.measure.worked(held.place.desk, held.units, one.heldSince, this.now);
    return held.place.worker;
  }

  private abandon(one: Conversation): void {
    if (one.state !== 'queued' && one.state !== 'offered') return;
    if (one.state === 'queued') this.hall.outOfLine(one);
    const worker = this.letGo(one);
    one.state = 'gone';
    one.claimNo++;
    this.measure.abandoned(one, this.now);
    if (worker) this.give(worker);
  }

  private overflow(one: Conversation): void {
    const { overflow } = one.desk.queue;
    if (!overflow) return;
    const target = this.hall.deskOf(overflow);
    one.passed ??= new Set();
    one.passed.add(one.desk);
    if (one.passed.has(target)) return;
    this.hall.outOfLine(one);
    one.claimNo++;
    one.excluded = null;
    one.desk = target;
    this.measure.overflowed(one);
    this.enter(one);
  }

  private refuse(one: Conversation, how: 'reject' | 'lapse'): void {
    const { missedOffersToPause, roundPauseMs } = one.desk.policy;
    const worker = this.letGo(one);
    if (!worker) return;
    one.excluded ??= new Set();
    one.excluded.add(worker.index);
    if (how === 'reject') {
      this.measure.rejected(one);
    } else {
      this.measure.missed(one);
      worker.missed++;
      if (missedOffersToPause > 0 && worker.missed >= missedOffersToPause) this.pause(worker);
    }
    this.backToLine(one);
    this.planClaim('roundEnd', one, roundPauseMs);
    this.place(one);
    this.give(worker);
  }

  private endRound(one: Conversation): void {
    one.excluded = null;
    this.place(one);
  }

  private pause(worker: Worker): void {
    worker.missed = 0;
    if (worker.facts.state !== 'available') return;
    this.hall.workforce.setState(worker, 'paused', this.now);
    this.agenda.put({ at: this.now + this.demand.manners.pausedMs, what: 'unpause', worker });
  }

  /** An offer has come to nothing: it keeps its place in line, unless its time there is over. */
  private backToLine(one: Conversation): void {
    one.state = 'queued';
    one.claimNo++;
    this.hall.toLine(one);
    const { overflow } = one.desk.queue;
    if (overflow && one.enteredAt + overflow.afterMs <= this.now) this.overflow(one);
  }

  private comeIn(worker: Worker): void {
    this.hall.workforce.setState(worker, 'available', this.now);
    this.give(worker);
  }

  /** The shift is over: offers go back to their lines, what the agent holds is brought to its end. */
  private leave(worker: Worker): void {
    this.hall.workforce.setState(worker, 'logged_off', this.now);
    for (const one of [...this.offered].filter(({ held }) => held?.place.worker === worker)) {
      this.letGo(one);
      this.backToLine(one);
      this.place(one);
    }
  }

  /** A series of its own for each claim of a conversation, whatever happens to others. */
  private randomOf(one: Conversation): Random {
    return randomFrom(this.seed, one.no * 64 + one.legNo * 16 + (one.claimNo % 16));
  }

  private planHere(what: 'abandon' | 'overflow' | 'pull', of: Conversation, after: number): void {
    this.agenda.put({ at: this.now + after, what, of, legNo: of.legNo, desk: of.desk });
  }

  private planClaim(
    what: 'accept' | 'reject' | 'lapse' | 'roundEnd',
    of: Conversation,
    after: number,
  ): void {
    this.agenda.put({ at: this.now + after, what, of, claimNo: of.claimNo });
  }
}

/** True where the conversation still stands in the line for which this was planned. */
const isStillThere = (planned: { of: Conversation; legNo: number; desk: Desk }): boolean =>
  planned.of.state === 'queued' &&
  planned.of.legNo === planned.legNo &&
  planned.of.desk === planned.desk;
