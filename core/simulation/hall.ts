/** Queues, lines and agents of a simulation, and the two questions of a hand-out: which agent, and which conversation. */
import { policyFor } from '../routing/policy';
import { seedOf } from '../routing/rank';
import { choiceOf, chosen, mayGet } from './choose';
import type { Conversation } from './conversation';
import { isBefore, WaitingLine } from './line';
import type { Demand, Leg, Staffing } from './model';
import { Workforce, type Desk, type Place, type Worker } from './workforce';

export class Hall {
  readonly desks: readonly Desk[];
  readonly workforce: Workforce;
  private readonly kinds: readonly string[];
  private readonly byId: ReadonlyMap<string, Desk>;
  /** By queue and kind. */
  private readonly lines: readonly (readonly WaitingLine<Conversation>[])[];

  constructor(
    demand: Demand,
    staffing: Staffing,
    private readonly seed: number,
  ) {
    this.kinds = [...new Set(demand.arrivals.map(({ kind }) => kind))];
    this.desks = staffing.queues.map((queue, index) => {
      const policy = policyFor({ ...queue, version: 0 }, '');
      const empty = { room: [], places: [], lastServed: null };
      return { index, queue, policy, choice: choiceOf(queue), ...empty };
    });
    this.byId = new Map(this.desks.map((desk) => [desk.queue.id, desk]));
    this.lines = this.desks.map(() => this.kinds.map(() => new WaitingLine()));
    this.workforce = new Workforce(staffing.agents, this.byId, this.kinds, demand);
  }

  /** @throws RangeError */
  deskOf({ queueId }: Pick<Leg, 'queueId'>): Desk {
    const desk = this.byId.get(queueId);
    if (!desk) throw new RangeError(`There is no queue ${queueId}.`);
    return desk;
  }

  kindOf = (name: string): number => this.kinds.indexOf(name);

  toLine(one: Conversation): void {
    this.lineOf(one).put(one);
  }

  /** Nothing happens where it stands in no line. */
  outOfLine(one: Conversation): void {
    this.lineOf(one).remove(one);
  }

  /** The agent who would get this conversation, were it the first of all that the agent may get. */
  bestFor(one: Conversation, tried: ReadonlySet<Worker> | null, now: number): Worker | null {
    const { desk, kind } = one;
    const judged = (place: Place) =>
      this.workforce.facts(place, kind, one.excluded?.has(place.worker.index) ?? false, now);
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

  /** The first of all lines that the agent may be given of now, and the membership by which. */
  firstFor(worker: Worker, now: number): { one: Conversation; place: Place } | null {
    if (worker.facts.state !== 'available') return null;
    let first: { one: Conversation; place: Place } | null = null;
    for (const place of worker.places) {
      const lines = this.lines[place.desk.index] ?? [];
      for (let kind = 0; kind < lines.length; kind++) {
        const line = lines[kind];
        if (!line || line.length === 0) continue;
        if (!mayGet(this.workforce.facts(place, kind, false, now), place.desk.choice)) continue;
        const one = line.first(({ excluded }) => !excluded?.has(worker.index));
        if (one && (!first || isBefore(one, first.one))) first = { one, place };
      }
    }
    return first;
  }

  private lineOf({ desk, kind }: Conversation): WaitingLine<Conversation> {
    const line = this.lines[desk.index]?.[kind];
    if (!line) throw new RangeError(`no line of ${desk.queue.id}`);
    return line;
  }
}
