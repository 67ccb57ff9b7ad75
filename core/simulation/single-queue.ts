/** The queue of the textbooks (M/M/n and M/M/n+M), to check the simulator against the closed forms. */
import { draw } from './durations';
import { erlangA, erlangC } from './erlang';
import type { Arrival, Demand, Staffing } from './model';
import { randomFrom } from '../random';
import { simulate } from './simulate';

export interface SingleQueue {
  readonly agents: number;
  /** Erlangs. */
  readonly load: number;
  /** Mean patience; null = nobody gives up. */
  readonly patienceMs: number | null;
  readonly conversations: number;
}

/** A figure as the simulator has it, beside the closed form; `percent` is how far it is off. */
export interface Compared {
  readonly figure: 'waits' | 'mean wait' | 'service level' | 'abandonment' | 'utilisation';
  readonly simulated: number;
  readonly expected: number;
  readonly percent: number;
}

const HANDLING_MS = 180_000;
const TARGET_MS = 20_000;

/**
 * Simulates one such queue, agents who take one at a time, and compares what it gives with Erlang C or A of the load that
 * was really drawn: what the generator is off by its luck is not the simulator's.
 */
function compareWithErlang(queue: SingleQueue, seed: number): Compared[] {
  const { agents, conversations } = queue;
  const demand = demandOf(queue, seed);
  const { all } = simulate(demand, staffingOf(agents), seed);
  const workMs = demand.arrivals.reduce((sum, { legs }) => sum + (legs[0]?.handlingMs ?? 0), 0);
  const patienceMs = demand.arrivals.reduce((sum, each) => sum + (each.patienceMs ?? 0), 0);
  const load = workMs / demand.until;
  const handlingMs = workMs / conversations;
  const leaving = queue.patienceMs !== null;
  const form = leaving
    ? erlangA(agents, load, handlingMs, patienceMs / conversations)
    : { ...erlangC(agents, load, handlingMs), abandons: 0 };
  const atOnce = (all.answeredAtOnce * all.answered) / conversations;
  const inTime = all.answeredInTime / conversations;
  return [
    compared('waits', 1 - atOnce, form.waits),
    compared('mean wait', all.meanWaitOfAllMs, form.meanWait),
    compared('service level', inTime, form.serviceLevel(TARGET_MS)),
    compared('abandonment', all.abandonment, form.abandons),
    compared('utilisation', all.utilisation, (load * (1 - form.abandons)) / agents),
  ];
}

/** The mean of each figure over runs with these seeds, and how far it is from the mean of the closed form. */
export function compareOverSeeds(queue: SingleQueue, seeds: readonly number[]): Compared[] {
  const runs = seeds.map((seed) => compareWithErlang(queue, seed));
  const mean = (value: (run: Compared[]) => number): number =>
    runs.reduce((all, run) => all + value(run), 0) / runs.length;
  return (runs[0] ?? []).map(({ figure }, n) =>
    compared(
      figure,
      mean((run) => run[n]?.simulated ?? 0),
      mean((run) => run[n]?.expected ?? 0),
    ),
  );
}

function compared(figure: Compared['figure'], simulated: number, expected: number): Compared {
  const off = Math.abs(simulated - expected);
  return { figure, simulated, expected, percent: off === 0 ? 0 : (100 * off) / expected };
}

function demandOf({ load, patienceMs, conversations }: SingleQueue, seed: number): Demand {
  const exponential = (meanMs: number, stream: number): (() => number) => {
    const random = randomFrom(seed, stream);
    return () => draw({ kind: 'exponential', meanMs }, random);
  };
  const between = exponential(HANDLING_MS / load, 1);
  const handling = exponential(HANDLING_MS, 2);
  const patience = exponential(patienceMs ?? 0, 3);
  let at = 0;
  const arrivals = Array.from({ length: conversations }, (): Arrival => {
    at += between();
    return {
      at,
      kind: 'voice',
      priority: 0,
      patienceMs: patienceMs === null ? null : patience(),
      skills: { required: [], preferred: [] },
      customer: null,
      legs: [{ queueId: 'Q', handlingMs: handling(), waitingMs: 0 }],
    };
  });
  const answer = { kind: 'fixed', meanMs: 0 } as const;
  return { from: 0, until: at, arrivals, manners: { accept: 1, reject: 0, answer, pausedMs: 0 } };
}

function staffingOf(agents: number): Staffing {
  const queue = {
    id: 'Q',
    name: 'Q',
    delivery: 'auto',
    eligibility: 'capacity',
    distribution: 'longest-idle',
    weight: 0,
    settings: {},
    hours: null,
    targetMs: TARGET_MS,
  } as const;
  const agent = {
    kinds: [],
    maxUnits: 100,
    unitOverrides: {},
    mostOfKinds: {},
    skills: [],
    memberships: [{ queueId: 'Q', penalty: 0, position: 0 }],
    shifts: null,
  };
  return {
    queues: [queue],
    agents: Array.from({ length: agents }, (_, n) => ({ id: `A${n}`, ...agent })),
  };
}
