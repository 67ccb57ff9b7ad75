/** A policy as people write it down: queues by their names, agents in groups, shifts by the wall clock. */
import { DateTime } from 'luxon';
import type { UnitOverrides } from '../capacity/units';
import type { Calendar } from '../hours/calendar';
import type { LadderStep } from '../routing/ladder';
import type { QueueSettings } from '../routing/policy';
import type { Span } from './generate';
import type { Shift, SimulatedAgent, Staffing } from './model';

export interface PlannedQueue {
  /** Missing where the file was written by hand: the name, then. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly delivery?: 'auto' | 'offer' | 'manual' | undefined;
  readonly eligibility?: string | undefined;
  readonly distribution?: string | undefined;
  readonly weight?: number | undefined;
  /** The queues of a ladder by name or id. */
  readonly settings?: QueueSettings | undefined;
  /** Missing = always open. */
  readonly hours?: Calendar | null | undefined;
  readonly targetMs?: number | undefined;
}

/** One agent, or several alike. */
export interface PlannedAgents {
  readonly id?: string | undefined;
  readonly name: string;
  readonly count?: number | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly maxUnits?: number | undefined;
  readonly unitOverrides?: UnitOverrides | undefined;
  readonly mostOfKinds?: UnitOverrides | undefined;
  readonly skills?: readonly string[] | undefined;
  /** By name or id. */
  readonly queues: readonly {
    readonly queue: string;
    readonly penalty?: number | undefined;
    readonly position?: number | undefined;
  }[];
  /** Missing = always there. */
  readonly shifts?: readonly PlannedShift[] | null | undefined;
}

export interface PlannedShift {
  /** 1-7, Monday is 1; missing = every day. */
  readonly days?: readonly number[] | undefined;
  /** `HH:MM`. One that ends before it begins ends on the next day. */
  readonly from: string;
  readonly to: string;
}

export interface Plan {
  readonly queues: readonly PlannedQueue[];
  readonly agents: readonly PlannedAgents[];
}

/** What differs from a plan: entries by id or name. Their fields replace those of the plan, `settings` one by one. */
export interface PlanChange {
  readonly queues?: readonly (Part<PlannedQueue> & Named)[] | undefined;
  readonly agents?: readonly (Part<PlannedAgents> & Named)[] | undefined;
}

type Part<T> = { readonly [K in keyof T]?: T[K] | undefined };

interface Named {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** True: it is not there any more. */
  readonly remove?: boolean | undefined;
}

/**
 * The plan with what is changed. An entry that the plan does not have is added.
 * @throws RangeError where something without a name is added, or something is removed that is not there
 */
export function changePlan(plan: Plan, change: PlanChange): Plan {
  const queues = merged(
    'queue',
    plan.queues,
    change.queues ?? [],
    (before, { name, ...after }) => ({
      ...before,
      ...after,
      name,
      settings: { ...before?.settings, ...after.settings },
    }),
  );
  const agents = merged(
    'agent',
    plan.agents,
    change.agents ?? [],
    (before, { name, ...after }) => ({
      ...before,
      ...after,
      name,
      queues: after.queues ?? before?.queues ?? [],
    }),
  );
  return { queues, agents };
}

function merged<T extends { id?: string | undefined; name: string }, C extends Named>(
  what: string,
  plan: readonly T[],
  changes: readonly C[],
  merge: (before: T | undefined, after: Omit<C, 'remove'> & { name: string }) => T,
): T[] {
  const result = [...plan];
  for (const { remove, ...after } of changes) {
    const called = after.id ?? after.name;
    if (called === undefined) throw new RangeError(`A changed ${what} has neither id nor name.`);
    const at = result.findIndex((one) => one.id === called || one.name === called);
    const before = result[at];
    if (remove) {
      if (!before) throw new RangeError(`There is no ${what} "${called}" to remove.`);
      result.splice(at, 1);
      continue;
    }
    const name = after.name ?? before?.name ?? called;
    result.splice(before ? at : result.length, before ? 1 : 0, merge(before, { ...after, name }));
  }
  return result;
}

const TARGET_MS = 20_000;

/**
 * How the queues of a plan are found, by name or by id.
 * @throws RangeError where two have one name; the function: where there is none
 */
export function queueIdsOf(plan: Pick<Plan, 'queues'>): (queue: string) => string {
  const ids = idsOf(plan);
  return (queue) => {
    const id = ids.get(queue);
    if (id === undefined) throw new RangeError(`There is no queue "${queue}".`);
    return id;
  };
}

function idsOf(plan: Pick<Plan, 'queues'>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { id, name } of plan.queues) {
    if (ids.has(name)) throw new RangeError(`Two queues are called "${name}".`);
    ids.set(name, id ?? name);
  }
  for (const id of [...ids.values()]) ids.set(id, id);
  return ids;
}

/** A queue that is not there (any more) is left as it is written: that step is passed over, as in the product. */
const ladderOf = (
  ladder: readonly LadderStep[],
  ids: ReadonlyMap<string, string>,
): readonly LadderStep[] =>
  ladder.map((step) =>
    step.do === 'overflow' ? { ...step, queueId: ids.get(step.queueId) ?? step.queueId } : step,
  );

/**
 * The plan as the simulator wants it, with the shifts that lie in the span.
 * @throws RangeError where a queue is named that does not exist, or two have one name
 */
export function staffingFrom(plan: Plan, span: Span): Staffing {
  const ids = idsOf(plan);
  const idOf = queueIdsOf(plan);
  return {
    queues: plan.queues.map((queue) => ({
      id: idOf(queue.name),
      name: queue.name,
      delivery: queue.delivery ?? 'auto',
      eligibility: queue.eligibility ?? 'capacity',
      distribution: queue.distribution ?? 'least-loaded',
      weight: queue.weight ?? 0,
      settings: { ...queue.settings, ladder: ladderOf(queue.settings?.ladder ?? [], ids) },
      hours: queue.hours ?? null,
      targetMs: queue.targetMs ?? TARGET_MS,
    })),
    agents: plan.agents.flatMap((group) => agentsOf(group, idOf, span)),
  };
}

function agentsOf(
  group: PlannedAgents,
  idOf: (queue: string) => string,
  span: Span,
): SimulatedAgent[] {
  const { count = 1, id = group.name, shifts } = group;
  const alike = {
    kinds: group.kinds ?? [],
    maxUnits: group.maxUnits ?? 100,
    unitOverrides: group.unitOverrides ?? {},
    mostOfKinds: group.mostOfKinds ?? {},
    skills: group.skills ?? [],
    shifts: shifts ? shiftsIn(shifts, span) : null,
  };
  return Array.from({ length: count }, (_, n) => ({
    ...alike,
    id: group.count === undefined ? id : `${id} ${n + 1}`,
    memberships: group.queues.map(({ queue, penalty = 0, position = 0 }) => ({
      queueId: idOf(queue),
      penalty,
      position: position + n,
    })),
  }));
}

/** Shifts of which a part lies in the span or in the day after it, in which what is left in line is still served. */
function shiftsIn(shifts: readonly PlannedShift[], { from, until, zone }: Span): Shift[] {
  const found: Shift[] = [];
  const last = DateTime.fromMillis(until, { zone }).plus({ days: 1 });
  let day = DateTime.fromMillis(from, { zone }).startOf('day').minus({ days: 1 });
  for (; day <= last; day = day.plus({ days: 1 })) {
    for (const shift of shifts) {
      if (shift.days && !shift.days.includes(day.weekday)) continue;
      const begins = at(day, shift.from);
      const ends = at(shift.to > shift.from ? day : day.plus({ days: 1 }), shift.to);
      if (ends > from) found.push({ from: begins, to: ends });
    }
  }
  return joined(found);
}

function at(day: DateTime, clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  // 24:00 is the next midnight.
  return hour === 24
    ? day.plus({ days: 1 }).startOf('day').toMillis()
    : day.set({ hour, minute }).toMillis();
}

/** By time; what touches or overlaps is one shift. */
function joined(shifts: readonly Shift[]): Shift[] {
  const result: Shift[] = [];
  for (const shift of [...shifts].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && shift.from <= last.to)
      result.splice(-1, 1, { from: last.from, to: Math.max(last.to, shift.to) });
    else result.push(shift);
  }
  return result;
}
