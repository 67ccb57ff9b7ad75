/** Customers write by a schedule; their agents' screens, in this very process, show it. One clock for both. */
import { setTimeout as sleep } from 'node:timers/promises';
import { spread } from '../bench';
import { pace, Wires } from './open-loop';
import { openScreen, watchConversation, watchList } from './screen';
import { readConfig, tell } from './standard';
import { messageRequest } from './write';

export interface LatencyMessagesConfig {
  readonly url: string;
  readonly origin: string;
  readonly agents: readonly {
    readonly id: string;
    readonly token: string;
    readonly conversations: readonly string[];
  }[];
  /** Of visitors who write in turn. */
  readonly tokens: readonly string[];
  readonly rates: readonly number[];
  readonly seconds: number;
}

export interface LatencyMessagesResult {
  readonly rates: readonly {
    readonly perSecond: number;
    /** From the instant a message was due until its agent's screen was told. */
    readonly p50Ms: number;
    readonly p99Ms: number;
    /** Until the customer had the answer. */
    readonly answerP50Ms: number;
    readonly answerP99Ms: number;
    readonly sent: number;
    readonly refused: number;
    /** Accepted, and not shown on any screen within the deadline. */
    readonly unseen: number;
    readonly seenTwice: number;
  }[];
}

/** What is not counted, at each rate. */
const WARM_UP_SECONDS = 2;
const SEEN_WITHIN_MS = 15_000;

async function main(): Promise<void> {
  const { url, origin, agents, tokens, rates, seconds } = await readConfig<LatencyMessagesConfig>();
  const seen = new Map<string, { at: number; times: number }>();
  for (const agent of agents) {
    const screen = await openScreen(url, agent.token);
    screen.on('conversation.changed', ({ messages }) => {
      const at = performance.now();
      for (const { text } of messages) {
        const before = seen.get(text);
        if (before) before.times++;
        else seen.set(text, { at, times: 1 });
      }
    });
    await watchList(screen, { list: 'agent', id: agent.id });
    for (const id of agent.conversations) await watchConversation(screen, id);
  }

  const measure = async (perSecond: number): Promise<LatencyMessagesResult['rates'][number]> => {
    const wires = new Wires(url);
    const counted: { text: string; due: number }[] = [];
    const answers: number[] = [];
    const calls: Promise<void>[] = [];
    let [sent, refused] = [0, 0];
    await pace(perSecond, WARM_UP_SECONDS + seconds, (n, due) => {
      const text = `${perSecond}/${n}`;
      const token = tokens[n % tokens.length] ?? '';
      const request = messageRequest({ token, origin }, { id: text, text });
      sent++;
      const call = wires.send(request).then(
        (status) => {
          if (status >= 300) return void refused++;
          if (n < perSecond * WARM_UP_SECONDS) return;
          counted.push({ text, due });
          answers.push(performance.now() - due);
        },
        () => void refused++,
      );
      calls.push(call);
    });
    await Promise.all(calls);
    const until = performance.now() + SEEN_WITHIN_MS;
    while (performance.now() < until && counted.some(({ text }) => !seen.has(text)))
      await sleep(20);
    wires.close();
    const delays = counted.flatMap(({ text, due }) => {
      const found = seen.get(text);
      return found ? [found.at - due] : [];
    });
    const toScreen = spread(delays);
    const toAnswer = spread(answers);
    const seenTwice = counted.filter(({ text }) => (seen.get(text)?.times ?? 0) > 1).length;
    return {
      perSecond,
      p50Ms: toScreen.p50,
      p99Ms: toScreen.p99,
      answerP50Ms: toAnswer.p50,
      answerP99Ms: toAnswer.p99,
      sent,
      refused,
      unseen: counted.length - delays.length,
      seenTwice,
    };
  };
  const results: LatencyMessagesResult['rates'][number][] = [];
  for (const perSecond of rates) results.push(await measure(perSecond));
  tell({ rates: results } satisfies LatencyMessagesResult);
}

void main();
