/** Small worlds for the tests of the simulator. Seconds, where nothing else is said. */
import type {
  Arrival,
  Demand,
  Manners,
  SimulatedAgent,
  SimulatedQueue,
  Staffing,
} from '../../core/simulation/model';
import { simulate } from '../../core/simulation/simulate';

export const SECOND = 1_000;
const willing: Manners = {
  accept: 1,
  reject: 0,
  answer: { kind: 'fixed', meanMs: SECOND },
  pausedMs: 60 * SECOND,
};

export const queue = (id: string, more: Partial<SimulatedQueue> = {}): SimulatedQueue => ({
  id,
  name: id,
  delivery: 'auto',
  eligibility: 'capacity',
  distribution: 'least-loaded',
  weight: 0,
  settings: {},
  hours: null,
  targetMs: 20 * SECOND,
  ...more,
});

export const agent = (
  id: string,
  queues: string[],
  more: Partial<SimulatedAgent> = {},
): SimulatedAgent => ({
  id,
  kinds: [],
  maxUnits: 25,
  unitOverrides: {},
  mostOfKinds: {},
  skills: [],
  memberships: queues.map((queueId) => ({ queueId, penalty: 0, position: 0 })),
  shifts: null,
  ...more,
});

/** A live chat, which costs 25 units; seconds. */
export const arrival = (
  at: number,
  queueId: string,
  handling: number,
  more: Partial<Arrival> = {},
): Arrival => ({
  at: at * SECOND,
  kind: 'live-chat',
  priority: 0,
  patienceMs: null,
  skills: { required: [], preferred: [] },
  customer: null,
  legs: [{ queueId, handlingMs: handling * SECOND, waitingMs: 0 }],
  ...more,
});

export const overflow = (after: number, queueId: string): Partial<SimulatedQueue> => ({
  settings: { ladder: [{ afterMs: after * SECOND, do: 'overflow', queueId }] },
});

export const run = (
  arrivals: readonly Arrival[],
  staffing: Staffing,
  manners: Partial<Manners> = {},
  watch?: Parameters<typeof simulate>[3],
) => {
  const demand: Demand = {
    from: 0,
    until: 3_600 * SECOND,
    arrivals,
    manners: { ...willing, ...manners },
  };
  return simulate(demand, staffing, 1, watch);
};
