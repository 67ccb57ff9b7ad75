/** Queues, lines and agents of a simulation, and the two questions of a hand-out: which agent, and which conversation. */
import { policyFor } from '../routing/policy';
import { seedOf } from '../routing/rank';
import { returningOf } from '../routing/returning';
import { choiceOf, chosen, mayGet } from './choose';
import type { Conversation } from './conversation';
import { isBefore } from './line';
import { Lines } from './lines';
import type { Demand, Leg, Staffing } from './model';
import { OpenHours } from './open-hours';
import { Workforce, type Desk, type Place, type Worker } from './workforce';

export class Hall {
  readonly desks: readonly Desk[];
  readonly workforce: Workforce;
  private readonly kinds: readonly string[];
  private readonly byId: ReadonlyMap<string, Desk>;
  /** By queue and kind. */
  private readonly lines: readonly (readonly Lines[])[];

  constructor(
    demand: Demand,
    staffing: Staffing,
    private readonly seed: number,
    /** Nothing happens after it. */
    end: number,
  ) {
    this.kinds = [...new Set(demand.arrivals.map(({ kind }) => kind))];
    this.desks = staffing.queues.map((queue, index) => {
      const policy = policyFor({ ...queue, version: 0 }, '');
      const hours = new OpenHours(queue.hours, demand.from, end);
      return {
        ...{ index, queue, policy, hours, choice: choiceOf(queue) },
        returning: returningOf(queue.settings.returning),
        open: hours.isOpenAt(demand.from),
        closedSince: demand.from,
        ...{ room: [], places: [], lastServed: null },
      };
    });
    this.byId = new Map(this.desks.map((desk) => [desk.queue.id, desk]));
    this.lines = this.desks.map(() => this.kinds.map(() => new Lines()));
    this.workforce = new Workforce(staffing.agents, this.byId, this.kinds, demand);
  }

  /** @throws RangeError */
  deskOf({ queueId }: Pick<Leg, 'queueId'>): Desk {
    const desk = this.byId.get(queueId);
    if (!desk) throw new RangeError(`There is no queue ${queueId}.`);
    return desk;
  }

  /** The queue with this id, where there is one. */
  findDesk = (queueId: string | undefined): Desk | undefined => this.byId.get(queueId ?? '');

  kindOf = (name: string): number => this.kinds.indexOf(name);

  toLine(one: Conversation): void {
    one.line = this.linesOf(one.desk)[one.kind]?.of(one) ?? null;
    one.line?.put(one);
  }

  /** Nothing happens where it stands in no line. */
  outOfLine(one: Conversation): void {
    one.line?.remove(one);
    one.line = null;
  }

  /** All that stand in the lines of a queue, in order. */
  standing(desk: Desk): Conversation[] {
    const all = this.linesOf(desk).flatMap((lines) => lines.standing());
    return all.sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** The agent who would get this conversation, were it the first of all that the agent may get. */
  bestFor(one: Conversation, tried: ReadonlySet<Worker> | null, now: number): Worker | null {
    const { desk, kind } = one;
    const judged = (place: Place) => this.workforce.facts(place, kind, one, now);
    const candidates = [];
    const workers = new Map<string, Worker>();
    for (const place of desk.room) {
      if (tried?.has(place.worker)) continue;
      const facts = judged(place);
      if (!mayGet(facts, desk.choice)) continue;
      candidates.push(facts);
      workers.set(facts.agentId, place.worker);
    }
    if (candidates.length === 0) return null;
    // The order may begin after the one who was served last, who need not be there.
    const last = desk.lastServed;
    if (last && !workers.has(last.worker.facts.agentId) && !tried?.has(last.worker)) {
      if (candidates.length > 1) candidates.push(judged(last));
    }
    const draws = seedOf(one.no, one.claimNo + this.seed);
    const best = chosen(candidates, desk.choice, draws);
    return (best && workers.get(best.agentId)) ?? null;
  }

  /**
   * The first of all lines that the agent may be given of now, and the membership by which. Of queues that are closed and
   * hand out, `hasCome` only.
   */
  firstFor(
    worker: Worker,
    now: number,
    hasCome: Conversation | null = null,
  ): { one: Conversation; place: Place } | null {
    if (worker.facts.state !== 'available') return null;
    let first: { one: Conversation; place: Place } | null = null;
    for (const place of worker.places) {
      const { desk } = place;
      const isOpen = desk.open || !desk.choice.handedOut;
      if (!isOpen && hasCome?.desk !== desk) continue;
      const kinds = this.linesOf(desk);
      for (let kind = 0; kind < kinds.length; kind++) {
        const lines = kinds[kind];
        if (!lines || lines.isEmpty) continue;
        if (!mayGet(this.workforce.facts(place, kind, null, now), desk.choice)) continue;
        const one = lines.firstFor(worker, isOpen ? null : hasCome);
        if (one && (!first || isBefore(one, first.one))) first = { one, place };
      }
    }
    return first;
  }

  private linesOf = (desk: Desk): readonly Lines[] => this.lines[desk.index] ?? [];
}
