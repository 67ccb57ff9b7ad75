import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What is read from the database at every scrape. Ages in seconds. */
export interface HealthFigures {
  readonly oldestUnhandledCommandSeconds: number;
  readonly orphans: Readonly<Record<string, number>>;
  /** Conversations in line, by the id of their queue. */
  readonly waiting: Readonly<Record<string, number>>;
}

export interface Metrics {
  readonly registry: Registry;
  /** Answered requests, by endpoint and status. Seconds. */
  readonly requests: Histogram<'endpoint' | 'status'>;
  /** For `AfterCommit`: counts a conversation that left the line, after so many milliseconds in it. */
  readonly handedOut: (handed: { trigger: string; waitMs: number }) => void;
  /** Attempts to send outside, by what came of them. */
  readonly deliveries: Counter<'kind' | 'result'>;
  /** Requests that were answered with UNAVAILABLE, by reason. */
  readonly unavailable: Counter<'reason'>;
  /** Sockets that were cut because their client does not read, by namespace. */
  readonly socketsCut: Counter<'namespace'>;
  /** What is shown at /metrics; `health` is read first. */
  render(health?: () => Promise<HealthFigures>): Promise<string>;
}

/** A registry of one's own, so that several can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const age = new Gauge({
    name: 'switchyard_oldest_unhandled_command_seconds',
    help: 'Age of the oldest command without outcome.',
    registers,
  });
  const orphans = new Gauge({
    name: 'switchyard_orphans',
    help: 'Rows that nobody takes care of, by kind; anything but zero needs an operator.',
    labelNames: ['kind'],
    registers,
  });
  const waiting = new Gauge({
    name: 'switchyard_waiting_conversations',
    help: 'Conversations in line, by queue.',
    labelNames: ['queue'],
    registers,
  });
  const handOuts = new Histogram({
    name: 'switchyard_hand_out_seconds',
    help: 'Time from standing in line to being handed out.',
    labelNames: ['trigger'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers,
  });
  return {
    registry,
    requests: new Histogram({
      name: 'switchyard_http_request_seconds',
      help: 'Time to answer a request.',
      labelNames: ['endpoint', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    handedOut: ({ trigger, waitMs }) => handOuts.observe({ trigger }, waitMs / 1000),
    deliveries: new Counter({
      name: 'switchyard_deliveries_total',
      help: 'Attempts to send a message outside, by result.',
      labelNames: ['kind', 'result'],
      registers,
    }),
    unavailable: new Counter({
      name: 'switchyard_requests_unavailable_total',
      help: 'Requests that were sent away because something is away, full or busy.',
      labelNames: ['reason'],
      registers,
    }),
    socketsCut: new Counter({
      name: 'switchyard_sockets_cut_total',
      help: 'Sockets that were cut because their client does not read.',
      labelNames: ['namespace'],
      registers,
    }),
    async render(health) {
      if (health) {
        const figures = await health();
        age.set(figures.oldestUnhandledCommandSeconds);
        for (const [kind, count] of Object.entries(figures.orphans)) orphans.set({ kind }, count);
        // A queue that has gone must not show its last number for ever.
        waiting.reset();
        for (const [queue, count] of Object.entries(figures.waiting)) waiting.set({ queue }, count);
      }
      return registry.metrics();
    },
  };
}
