/** Replays arrivals against queues and agents on a virtual clock, by the router's own rules. */
import { NO_PLACE } from '../routing/place';
import { Acquaintances } from './acquaintances';
import { Agenda, isStillThere, planDays } from './agenda';
import { newConversation, type Conversation } from './conversation';
import { draw } from './durations';
import type { SimulationResult } from './figures';
import { Hall } from './hall';
import type { Happening } from './happenings';
import { isDue, isLeftBehind, mayFlowTo, nextInLine, takePlace } from './in-line';
import { Measure } from './measure';
import type { Arrival, Demand, Staffing } from './model';
import { answerTo } from './offers';
import { randomFrom, type Random } from '../random';
import { beginWaiting, endWaiting } from './waiting-phase';
import type { Desk, Place, Worker } from './workforce';

/** Whoever is still in line so long after the end of the arrivals counts as not served. */
const AFTER_END_MS = 86_400_000;

/**
 * Simulates `demand` with `staffing`. The same seed gives the same result; two staffings under one seed get the same
 * customers, down to their patience and to how long each takes. Follows the product: an arrival chooses an agent, who is
 * then given the first of all his lines; an agent who has room again is given until nothing fits. `watch` is called
 * after all that happens.
 * @throws RangeError where a queue, a rule or a membership does not exist
 */
export function simulate(
  demand: Demand,
  staffing: Staffing,
  seed: number,
  watch?: (hall: Hall, now: number) => void,
): SimulationResult {
  return new Simulation(demand, staffing, seed).run(watch);
}

class Simulation {
  now: number;
  private readonly agenda = new Agenda();
  private readonly acquaintances = new Acquaintances();
  readonly hall: Hall;
  readonly measure: Measure;
  private readonly offered = new Set<Conversation>();

  constructor(
    private readonly demand: Demand,
    staffing: Staffing,
    private readonly seed: number,
  ) {
    this.now = demand.from;
    this.hall = new Hall(demand, staffing, seed, demand.until + AFTER_END_MS);
    this.measure = new Measure(this.hall.desks, demand);
    planDays(this.agenda, this.hall, demand.from, staffing);
  }

  run(watch?: (hall: Hall, now: number) => void): SimulationResult {
    const { arrivals, until } = this.demand;
    for (let next = 0; ;) {
      const arrival = arrivals[next];
      const { nextAt } = this.agenda;
      // What happens at the same instant comes before an arrival: whoever begins a shift then is there.
      if (arrival && arrival.at < nextAt) {
        this.now = arrival.at;
        this.arrive(arrival, next++);
        watch?.(this.hall, this.now);
        continue;
      }
      const happening = nextAt > until + AFTER_END_MS ? undefined : this.agenda.take();
      if (!happening) return this.measure.result(arrivals.length, this.hall.workforce);
      this.now = happening.at;
      this.happen(happening);
      watch?.(this.hall, this.now);
    }
  }

  private happen(event: Happening): void {
    switch (event.what) {
      case 'waits':
        return this.waitFor(event.of);
      case 'writes':
        return this.goOn(event.of);
      case 'done':
        return this.finish(event.of);
      case 'abandon':
        if (event.of.legNo === event.legNo) this.abandon(event.of);
        return;
      case 'deadline':
        if (isDue(event.of, this.now)) this.meetDeadlines(event.of);
        return;
      case 'pull':
        if (isStillThere(event)) this.see(event.of, false);
        return;
      case 'accept':
        if (event.of.claimNo === event.claimNo) this.assign(event.of);
        return;
      case 'reject':
      case 'lapse':
        if (event.of.claimNo === event.claimNo) this.refuse(event.of, event.what);
        return;
      case 'roundEnd':
        if (event.of.claimNo !== event.claimNo) return;
        event.of.excluded = null;
        return this.place(event.of);
      case 'in':
        return this.comeIn(event.worker);
      case 'unpause':
        // The shift may have ended meanwhile.
        if (event.worker.facts.state === 'paused') this.comeIn(event.worker);
        return;
      case 'out':
        return this.leave(event.worker);
      case 'hours':
        return this.openOrClose(event.desk);
    }
  }

  private arrive(arrival: Arrival, no: number): void {
    const kind = this.hall.kindOf(arrival.kind);
    const one = newConversation(arrival, no, kind, (leg) => this.hall.deskOf(leg));
    this.acquaintances.note(one);
    const known = this.acquaintances.knownTo(one, this.now);
    this.begin(one, known && { id: known.worker.facts.agentId, until: known.keptUntil });
  }

  /** Begins the leg that the conversation is in; for an agent whom its customer knows. */
  private begin(one: Conversation, known: { id: string; until: number | null } | null): void {
    this.measure.arrived(one, one.legNo > 0);
    const { patienceMs } = one.arrival;
    if (patienceMs !== null) this.agenda.planHere('abandon', one, this.now + patienceMs);
    one.place = NO_PLACE;
    takePlace(one, { age: 'now', leaves: null }, this.now);
    if (known) {
      one.place = { ...one.place, preferredAgentId: known.id, preferredUntil: known.until };
      this.measure.count(one, 'known');
      if (known.until !== null) this.measure.count(one, 'kept');
    }
    this.enter(one, true);
    this.meetDeadlines(one);
  }

  /** Puts it into the line of its queue. What has just come is tried once, even where that is closed. */
  private enter(one: Conversation, hasCome: boolean): void {
    one.state = 'queued';
    one.isSeen = one.desk.choice.handedOut;
    const { answer } = this.demand.manners;
    if (one.isSeen) this.see(one, hasCome);
    else this.agenda.planHere('pull', one, this.now + draw(answer, this.randomOf(one)));
  }

  /** From now on agents may get it. */
  private see(one: Conversation, hasCome: boolean): void {
    one.isSeen = true;
    this.hall.toLine(one);
    if (isLeftBehind(one)) return this.close(one, 'closedAtClosing');
    this.place(one, hasCome);
  }

  /** Finds agents for a conversation in line, until it is placed or nobody is left. */
  private place(one: Conversation, hasCome = false): void {
    let tried: Set<Worker> | null = null;
    while (one.state === 'queued' && one.isSeen) {
      if (!one.desk.open && one.desk.choice.handedOut && !hasCome) return;
      const worker = this.hall.bestFor(one, tried, this.now);
      if (!worker) return;
      if (!this.giveNext(worker, hasCome ? one : null)) (tried ??= new Set()).add(worker);
    }
  }

  /** Its place in line is another one; it stays in its queue. */
  private move(one: Conversation, change: Partial<Conversation['place']>): void {
    const stands = one.line !== null;
    this.hall.outOfLine(one);
    one.place = { ...one.place, ...change };
    if (stands) this.hall.toLine(one);
  }

  /** Does what time has brought about for a conversation in line, and plans what is next. */
  private meetDeadlines(one: Conversation): void {
    while (one.state === 'queued') {
      const next = nextInLine(one, this.now);
      if (!next) return;
      if (next.at > this.now) {
        return this.agenda.put({ at: next.at, what: 'deadline', of: one });
      }
      if (next.name === 'ladder') this.climb(one);
      else if (next.name === 'relax') this.relax(one, {});
      else this.move(one, { preferredUntil: null });
      this.place(one);
    }
  }

  private relax(one: Conversation, more: Partial<Conversation['place']>): void {
    if (one.skills.required.length > 0 && !one.place.relaxed) this.measure.count(one, 'relaxed');
    this.move(one, { ...more, relaxed: true });
  }

  private climb(one: Conversation): void {
    const hop = one.desk.policy.ladder[one.place.ladderStep];
    const ladderStep = one.place.ladderStep + 1;
    switch (hop?.do) {
      case undefined:
        return;
      case 'overflow': {
        const target = this.hall.findDesk(hop.queueId);
        if (mayFlowTo(one, target)) return this.overflow(one, target);
        this.measure.count(one, 'overflowsSkipped');
        return this.move(one, { ladderStep });
      }
      case 'widen':
        return this.relax(one, { ladderStep });
      case 'close':
        return this.close(one, 'closedByLadder');
      case 'notify':
      case 'text':
        this.measure.count(one, hop.do === 'notify' ? 'notified' : 'told');
        return this.move(one, { ladderStep });
    }
  }

  private overflow(one: Conversation, target: Desk): void {
    this.hall.outOfLine(one);
    one.claimNo++;
    one.excluded = null;
    const leaves = one.desk.queue.id;
    one.desk = target;
    takePlace(one, { age: 'keep', leaves }, this.now);
    this.measure.count(one, 'overflowed');
    this.enter(one, false);
  }

  /** Ends it in line, unanswered. */
  private close(one: Conversation, why: 'closedByLadder' | 'closedAtClosing'): void {
    this.hall.outOfLine(one);
    one.state = 'gone';
    one.claimNo++;
    one.endedAt = this.now;
    this.measure.closed(one, why);
  }

  private openOrClose(desk: Desk): void {
    desk.open = desk.hours.isOpenAt(this.now);
    if (!desk.open) desk.closedSince = this.now;
    for (const one of this.hall.standing(desk)) {
      if (isLeftBehind(one)) this.close(one, 'closedAtClosing');
      else this.place(one);
    }
  }

  private give = (worker: Worker): void => {
    while (this.giveNext(worker));
  };

  /** False where there is nothing for the agent. */
  private giveNext(worker: Worker, hasCome: Conversation | null = null): boolean {
    const first = this.hall.firstFor(worker, this.now, hasCome);
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
    this.measure.count(one, 'offers');
    const { what, after } = answerTo(policy.offerMs, this.demand.manners, this.randomOf(one));
    this.agenda.planClaim(what, one, this.now + after);
  }

  private assign(one: Conversation): void {
    if (!one.held) return;
    this.offered.delete(one);
    one.state = 'assigned';
    one.claimNo++;
    one.excluded = null;
    one.heldSince = this.now;
    one.lastWorker = one.held.place.worker;
    this.hall.workforce.assign(one.held, this.now);
    this.measure.answered(one, this.now);
    if (one.place.preferredAgentId === one.lastWorker.facts.agentId) this.measure.count(one, 'met');
    const { handlingMs, waitingMs } = one.leg;
    if (waitingMs > 0) this.agenda.put({ at: this.now + handlingMs / 2, what: 'waits', of: one });
    else this.agenda.put({ at: this.now + handlingMs, what: 'done', of: one });
  }

  /** There may be room for another one meanwhile. */
  private waitFor(one: Conversation): void {
    if (!one.held) return;
    beginWaiting(one, one.held, this);
    this.agenda.put({ at: this.now + one.leg.waitingMs, what: 'writes', of: one });
    this.give(one.held.place.worker);
  }

  private goOn(one: Conversation): void {
    if (!one.held) return;
    endWaiting(one, one.held, this);
    this.agenda.put({ at: this.now + one.leg.handlingMs / 2, what: 'done', of: one });
  }

  /** The agent is done with it, or transfers it. */
  private finish(one: Conversation): void {
    const worker = this.letGo(one);
    const leg = one.arrival.legs[one.legNo + 1];
    one.state = 'gone';
    one.endedAt = this.now;
    if (leg) {
      one.legNo++;
      one.leg = leg;
      one.desk = one.entry = this.hall.deskOf(leg);
      one.since = this.now;
      this.begin(one, null);
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
    one.endedAt = this.now;
    this.measure.abandoned(one, this.now);
    if (worker) this.give(worker);
  }

  private refuse(one: Conversation, how: 'reject' | 'lapse'): void {
    const { missedOffersToPause, roundPauseMs } = one.desk.policy;
    const worker = this.letGo(one);
    if (!worker) return;
    one.excluded ??= new Set();
    one.excluded.add(worker.index);
    if (how === 'reject') {
      this.measure.count(one, 'rejected');
    } else {
      this.measure.count(one, 'missed');
      worker.missed++;
      if (missedOffersToPause > 0 && worker.missed >= missedOffersToPause) this.pause(worker);
    }
    this.backToLine(one);
    this.agenda.planClaim('roundEnd', one, this.now + roundPauseMs);
    this.place(one);
    this.give(worker);
  }

  private pause(worker: Worker): void {
    worker.missed = 0;
    if (worker.facts.state !== 'available') return;
    this.hall.workforce.setState(worker, 'paused', this.now);
    this.agenda.put({ at: this.now + this.demand.manners.pausedMs, what: 'unpause', worker });
  }

  /** An offer has come to nothing: it keeps its place in line, unless its time there is over, or the day is. */
  private backToLine(one: Conversation): void {
    one.state = 'queued';
    one.claimNo++;
    this.hall.toLine(one);
    if (isLeftBehind(one)) this.close(one, 'closedAtClosing');
    this.meetDeadlines(one);
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
}
