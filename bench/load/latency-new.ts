/** New customers write by a schedule; the screen of whoever gets the conversation, in this very process, shows it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from '../bench';
import { pace, Wires } from './open-loop';
import { openScreen, watchList } from './screen';
import { readConfig, tell } from './standard';
import { messageRequest } from './write';

export interface LatencyNewConfig {
  readonly url: string;
  readonly origin: string;
  readonly agents: readonly { readonly id: string; readonly token: string }[];
  /** Of visitors who have never written: one for each conversation. */
  readonly tokens: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LatencyNewResult {
  /** From the instant the first message was due until an agent's screen shows that agent as the owner. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly sent: number;
  readonly refused: number;
  readonly unassigned: number;
  readonly twoOwners: number;
}

/** The first ones are not counted: code gets warm. */
const WARM_UP_SECONDS = 2;
const SHOWN_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = await readConfig<LatencyNewConfig>();
  const { url, origin, agents, tokens, perSecond, seconds } = config;
  const shown = new Map<string, { at: number; ownerId: string }>();
  let twoOwners = 0;
  for (const { id, token } of agents) {
    const screen = await openScreen(url, token);
    screen.on('list.changed', ({ conversation }) => {
      const text = conversation?.preview?.text;
      if (!text || conversation.placement !== 'assigned' || conversation.ownerId !== id) return;
      const before = shown.get(text);
      if (!before) shown.set(text, { at: performance.now(), ownerId: id });
      else if (before.ownerId !== id) twoOwners++;
    });
    await watchList(screen, { list: 'agent', id });
  }
  const wires = new Wires(url);
  const due = new Map<string, number>();
  const calls: Promise<void>[] = [];
  let [sent, refused] = [0, 0];
  await pace(perSecond, WARM_UP_SECONDS + seconds, (n, at) => {
    const text = `first of ${perSecond}/${n}`;
    const request = messageRequest({ token: tokens[n] ?? '', origin }, { id: text, text });
    sent++;
    const call = wires.send(request).then(
      (status) => {
        if (status >= 300) refused++;
        else if (n >= perSecond * WARM_UP_SECONDS) due.set(text, at);
      },
      () => void refused++,
    );
    calls.push(call);
  });
  await Promise.all(calls);
  const until = performance.now() + SHOWN_WITHIN_MS;
  const left = (): string[] => [...due.keys()].filter((text) => !shown.has(text));
  while (performance.now() < until && left().length > 0) await sleep(20);
  wires.close();
  const delays = [...due].flatMap(([text, at]) => {
    const found = shown.get(text);
    return found ? [found.at - at] : [];
  });
  const { p50, p99 } = spread(delays);
  const unassigned = left().length;
  tell({ p50Ms: p50, p99Ms: p99, sent, refused, unassigned, twoOwners } satisfies LatencyNewResult);
}

void main();
