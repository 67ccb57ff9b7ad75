/** The agents of a simulation: what each holds, and who of each queue has room. */
import { unitsOf } from '../capacity/units';
import type { Policy } from '../conversation/types';
import type { Candidate } from '../routing/candidate';
import type { Returning } from '../routing/returning';
import { strictSkills, wishedSkills } from '../routing/skills';
import type { Choice } from './choose';
import type { Conversation } from './conversation';
import type { SimulatedAgent, SimulatedQueue } from './model';
import type { OpenHours } from './open-hours';

const DAY_MS = 86_400_000;

export interface Desk {
  readonly index: number;
  readonly queue: SimulatedQueue;
  readonly choice: Choice;
  readonly policy: Policy;
  readonly returning: Returning;
  readonly hours: OpenHours;
  open: boolean;
  /** When the closed time began in which it is now. */
  closedSince: number;
  /** Memberships of those who are there and not full. */
  readonly room: Place[];
  /** All memberships. */
  readonly places: Place[];
  /** Who was the last to get work of this queue. */
  lastServed: Place | null;
}

/** An agent's membership of one queue. */
export interface Place {
  readonly worker: Worker;
  readonly desk: Desk;
  readonly position: number;
  readonly penalty: number;
  /** What a conversation costs here, by the number of its kind. */
  readonly units: readonly number[];
  heldHere: number;
  servedAt: number | null;
  /** Where it stands in the queue's room; -1 = nowhere. */
  roomAt: number;
}

type Facts = { -readonly [K in keyof Candidate]: Candidate[K] };

export interface Worker {
  readonly index: number;
  /** What the rules go by; the part that is about one conversation is written by `facts`. */
  readonly facts: Facts;
  readonly places: Place[];
  readonly skills: readonly string[];
  readonly serves: readonly boolean[];
  readonly most: readonly (number | null)[];
  readonly heldOfKind: number[];
  /** The least that anything could cost. */
  cheapest: number;
  /** Conversations of queues that leave no room for anything beside them. */
  occupied: number;
  missed: number;
  handledDay: number;
  /** Until when the areas are counted; unit-milliseconds of work and of shifts. */
  countedTo: number;
  usedArea: number;
  shiftArea: number;
}

/** One of a kind in a queue, as far as an agent's books go. */
export interface Held {
  readonly place: Place;
  readonly kind: number;
  readonly units: number;
}

/** What a conversation asks of an agent. */
type Asked = Pick<Conversation, 'excluded' | 'skills' | 'place'>;

export class Workforce {
  readonly workers: readonly Worker[];

  constructor(
    agents: readonly SimulatedAgent[],
    desks: ReadonlyMap<string, Desk>,
    kinds: readonly string[],
    private readonly span: { readonly from: number; readonly until: number },
  ) {
    this.workers = agents.map((agent, index) => hire(agent, index, desks, kinds, span.from));
  }

  /**
   * What the rules may know of an agent with regard to one conversation, or (null) to whatever of this kind stands in a
   * line that the agent may serve. Good until it is called again for the agent.
   */
  facts(place: Place, kind: number, asked: Asked | null, now: number): Candidate {
    const { worker } = place;
    const { facts } = worker;
    facts.position = place.position;
    facts.penalty = place.penalty;
    facts.servesKind = worker.serves[kind] ?? false;
    facts.excluded = asked?.excluded?.has(worker.index) ?? false;
    judgeAsked(worker, asked);
    facts.units = place.units[kind] ?? 0;
    facts.heldHere = place.heldHere;
    facts.heldOfKind = worker.heldOfKind[kind] ?? 0;
    facts.mostOfKind = worker.most[kind] ?? null;
    facts.servedAt = place.servedAt;
    turnDay(worker, now);
    return facts;
  }

  /** The agent comes, goes, or is paused. */
  setState(worker: Worker, state: Candidate['state'], now: number): void {
    this.count(worker, now);
    worker.facts.state = state;
    worker.facts.loggedIn = state !== 'logged_off';
    // Whoever was away has not waited for work.
    if (worker.facts.held === 0) worker.facts.idleSince = now;
    this.updateRoom(worker);
  }

  /** The agent holds one more, or is offered it. */
  reserve({ place, kind, units }: Held, now: number): void {
    this.hold(place, kind, units, 1, now);
    place.worker.facts.notifiedAt = now;
  }

  /** The agent has become the owner of what was reserved. */
  assign({ place }: Held, now: number): void {
    const { facts } = place.worker;
    turnDay(place.worker, now);
    facts.lastAssignedAt = now;
    facts.handledToday++;
    place.worker.missed = 0;
    place.servedAt = now;
    place.desk.lastServed = place;
  }

  /** The agent holds it no more. */
  free({ place, kind, units }: Held, now: number): void {
    this.hold(place, kind, -units, -1, now);
  }

  /** The same conversation costs its agent something else from now on. Says what is held then. */
  revalue(held: Held, units: number, now: number): Held {
    const { worker } = held.place;
    this.count(worker, now);
    worker.facts.usedUnits += units - held.units;
    this.updateRoom(worker);
    return { ...held, units };
  }

  /** Counts the areas of work and of shifts up to now, inside the span. */
  count(worker: Worker, now: number): void {
    const to = Math.min(now, this.span.until);
    const passed = to - worker.countedTo;
    if (passed <= 0) return;
    worker.countedTo = to;
    if (!worker.facts.loggedIn) return;
    worker.usedArea += passed * worker.facts.usedUnits;
    worker.shiftArea += passed * worker.facts.maxUnits;
  }

  private hold(place: Place, kind: number, units: number, one: 1 | -1, now: number): void {
    const { worker, desk } = place;
    const { facts } = worker;
    this.count(worker, now);
    facts.usedUnits += units;
    facts.held += one;
    place.heldHere += one;
    worker.heldOfKind[kind] = (worker.heldOfKind[kind] ?? 0) + one;
    if (desk.choice.mode.occupies) worker.occupied += one;
    facts.inConversation = worker.occupied > 0;
    facts.idleSince = facts.held > 0 ? null : now;
    this.updateRoom(worker);
  }

  private updateRoom(worker: Worker): void {
    const { facts, cheapest } = worker;
    const hasRoom = facts.state === 'available' && facts.usedUnits + cheapest <= facts.maxUnits;
    for (const place of worker.places) {
      const { room } = place.desk;
      if (hasRoom && place.roomAt < 0) {
        place.roomAt = room.push(place) - 1;
      } else if (!hasRoom && place.roomAt >= 0) {
        const last = room.pop();
        if (last && last !== place) {
          room[place.roomAt] = last;
          last.roomAt = place.roomAt;
        }
        place.roomAt = -1;
      }
    }
  }
}

function judgeAsked({ facts, skills: has }: Worker, asked: Asked | null): void {
  facts.skilled = true;
  facts.wishedSkills = 0;
  facts.known = facts.keptForOther = false;
  if (!asked) return;
  const { skills, place } = asked;
  if (skills.required.length + skills.preferred.length > 0) {
    facts.skilled = strictSkills(skills, place.relaxed).every((skill) => has.includes(skill));
    facts.wishedSkills = wishedSkills(skills, place.relaxed, has);
  }
  facts.known = place.preferredAgentId === facts.agentId;
  facts.keptForOther = place.preferredUntil !== null && !facts.known;
}

/** Days begin at midnight in UTC, whatever the zone: in the product by the queue's clock. */
function turnDay(worker: Worker, now: number): void {
  const today = Math.floor(now / DAY_MS);
  if (worker.handledDay === today) return;
  worker.handledDay = today;
  worker.facts.handledToday = 0;
}

function hire(
  agent: SimulatedAgent,
  index: number,
  desks: ReadonlyMap<string, Desk>,
  kinds: readonly string[],
  from: number,
): Worker {
  const worker: Worker = {
    index,
    facts: {
      agentId: agent.id,
      loggedIn: false,
      state: 'logged_off',
      inConversation: false,
      onCall: false,
      member: true,
      position: 0,
      penalty: 0,
      servesKind: true,
      skilled: true,
      wishedSkills: 0,
      known: false,
      keptForOther: false,
      excluded: false,
      usedUnits: 0,
      maxUnits: agent.maxUnits,
      units: 0,
      held: 0,
      heldHere: 0,
      heldOfKind: 0,
      mostOfKind: null,
      lastAssignedAt: null,
      servedAt: null,
      notifiedAt: null,
      idleSince: null,
      handledToday: 0,
    },
    places: [],
    skills: agent.skills,
    serves: kinds.map((kind) => agent.kinds.length === 0 || agent.kinds.includes(kind)),
    most: kinds.map((kind) => agent.mostOfKinds[kind] ?? null),
    heldOfKind: kinds.map(() => 0),
    cheapest: 0,
    occupied: 0,
    missed: 0,
    handledDay: Math.floor(from / DAY_MS),
    countedTo: from,
    usedArea: 0,
    shiftArea: 0,
  };
  for (const { queueId, position, penalty } of agent.memberships) {
    const desk = desks.get(queueId);
    if (!desk) throw new RangeError(`The agent ${agent.id} is a member of no queue ${queueId}.`);
    const ofQueue = desk.queue.settings.unitOverrides ?? {};
    const units = kinds.map((kind) => unitsOf(kind, agent.unitOverrides, ofQueue));
    const mine = { position, penalty, units, heldHere: 0, servedAt: null, roomAt: -1 };
    const place: Place = { worker, desk, ...mine };
    worker.places.push(place);
    desk.places.push(place);
  }
  const costs = worker.places.flatMap((place) => place.units.filter((_, k) => worker.serves[k]));
  worker.cheapest = Math.min(Infinity, ...costs);
  return worker;
}
