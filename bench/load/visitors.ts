/** Visitors of a live chat who write as fast as they are answered: so many connections, for so many seconds. */
import { quantile, round } from '../bench';
import { Wire } from './raw-http';
import { readConfig, tell } from './standard';
import { messageRequest } from './write';

export interface VisitorsConfig {
  readonly urls: readonly string[];
  readonly tokens: readonly string[];
  readonly origin: string;
  readonly connections: number;
  readonly seconds: number;
  /** Makes the messages of this run other than those of every run before. */
  readonly run: string;
}

export interface VisitorsResult {
  /** Answered with 2xx, the warm-up included. */
  readonly all: number;
  /** How long it all took, the warm-up included. */
  readonly seconds: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What is not counted: connections are opened, code gets warm. */
const WARM_UP_MS = 2_000;

async function main(): Promise<void> {
  const config = await readConfig<VisitorsConfig>();
  const { connections, urls, tokens, origin, run } = config;
  const from = performance.now() + WARM_UP_MS;
  const until = from + config.seconds * 1_000;
  const latencies: number[] = [];
  const refused: Record<string, number> = {};
  let [sent, all] = [0, 0];
  const start = performance.now();

  const write = async (at: number): Promise<void> => {
    const wire = await Wire.open(urls[at % urls.length] ?? '');
    for (;;) {
      const began = performance.now();
      if (began > until) break;
      const n = sent++;
      const token = tokens[n % tokens.length] ?? '';
      const message = { id: `${run}-${n}`, text: `Where is my order ${n}?` };
      const status = await wire.send(messageRequest({ token, origin }, message));
      const ended = performance.now();
      if (status >= 300) refused[status] = (refused[status] ?? 0) + 1;
      else all++;
      if (status < 300 && began >= from && ended <= until) latencies.push(ended - began);
    }
    wire.close();
  };
  await Promise.all(Array.from({ length: connections }, (_, at) => write(at)));
  const sorted = Float64Array.from(latencies).sort();
  const result: VisitorsResult = {
    all,
    seconds: (performance.now() - start) / 1_000,
    refused,
    perSecond: round(latencies.length / config.seconds),
    p50Ms: round(quantile(sorted, 0.5)),
    p99Ms: round(quantile(sorted, 0.99)),
  };
  tell(result);
}

void main();
