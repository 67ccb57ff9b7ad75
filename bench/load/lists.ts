/** People who look at lists: the same request by several connections, each again as soon as it is answered. */
import { quantile, round } from '../bench';
import { Wire } from './raw-http';
import { readConfig, tell } from './standard';

export interface Question {
  readonly name: string;
  /** Paths with the headers that they are asked with; one after the other is asked. */
  readonly asked: readonly { readonly path: string; readonly headers: string }[];
}

export interface ListsConfig {
  readonly url: string;
  readonly questions: readonly Question[];
  readonly connections: number;
  /** How often each question is asked in all. */
  readonly times: number;
}

export interface ListsResult {
  readonly p95Ms: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  const { url, questions, connections, times } = await readConfig<ListsConfig>();
  const wires = await Promise.all(Array.from({ length: connections }, () => Wire.open(url)));
  const p95Ms: Record<string, number> = {};
  for (const { name, asked } of questions) {
    let next = 0;
    const latencies: number[] = [];
    const ask = async (wire: Wire): Promise<void> => {
      for (let n = next++; n < times; n = next++) {
        const { path, headers } = asked[n % asked.length] ?? { path: '/', headers: '' };
        const began = performance.now();
        const status = await wire.send(`GET ${path} HTTP/1.1\r\nHost: bench\r\n${headers}\r\n`);
        latencies.push(performance.now() - began);
        if (status !== 200) throw new Error(`${name}: ${status}`);
      }
    };
    await Promise.all(wires.map(ask));
    p95Ms[name] = round(quantile(Float64Array.from(latencies).sort(), 0.95));
  }
  tell({ p95Ms } satisfies ListsResult);
}

void main();
