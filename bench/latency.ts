/** How soon an agent's screen shows what a customer wrote, and whose a new conversation has become. */
import { round, type Bench, type Row } from './bench';
import { processorSeconds, type Ground, type Product } from './ground';
import type { LatencyMessagesConfig, LatencyMessagesResult } from './load/latency-messages';
import type { LatencyNewConfig, LatencyNewResult } from './load/latency-new';
import { idOf, ORIGIN, seedOpenConversations, seedQueue, withClient } from './seed';
import { agentToken, assignConversations, seedAgents } from './seed-agents';
import { visitorToken } from './visitor-token';

const RATES = [50, 100, 200, 500];
const SECONDS = 6;
const NEW_RATES = [5, 20];
const NEW_SECONDS = 10;
const AGENTS = 20;
const CONVERSATIONS = 1_000;

const agents = Array.from({ length: AGENTS }, (_, at) => ({
  id: idOf('agent', at + 1),
  token: agentToken(at + 1),
}));

export const latency: Bench = {
  goal:
    "A customer's message on the agent's screen at 200/s: p50 below 10 ms, p99 below 50 ms; " +
    'from a first message to the owner on the screen: p99 below 500 ms.',
  async run(ground) {
    const postgres = await ground.postgres();
    const temporal = await ground.temporal();
    const product = await ground.product({
      databaseUrl: postgres.url,
      temporalAddress: temporal.address,
    });
    await withClient(postgres.url, async (client) => {
      // Live chat 1 is where the messages are written, live chat 2 where new conversations begin.
      await seedQueue(client, 1, 'manual');
      await seedQueue(client, 2, 'auto');
      await seedAgents(client, AGENTS, [1, 2]);
      await seedOpenConversations(client, CONVERSATIONS);
      await assignConversations(client, CONVERSATIONS, AGENTS);
    });
    const table: Row[] = [];
    const messages = await measureMessages(ground, product, table);
    const fresh = await measureNew(ground, product, table);
    return { table, json: { ...messages, ...fresh } };
  },
};

async function measureMessages(ground: Ground, product: Product, table: Row[]) {
  const numbers = Array.from({ length: CONVERSATIONS }, (_, at) => at + 1);
  const config: LatencyMessagesConfig = {
    url: product.urls[0] ?? '',
    origin: ORIGIN,
    agents: agents.map((agent, at) => ({
      ...agent,
      conversations: numbers.filter((n) => n % AGENTS === at).map((n) => idOf('conversation', n)),
    })),
    tokens: numbers.map((n) => visitorToken(`visitor-${n}`)),
    rates: RATES,
    seconds: SECONDS,
  };
  const { rates } = await ground.load<LatencyMessagesResult>('latency-messages', config);
  const p50Ms: Record<number, number> = {};
  const p99Ms: Record<number, number> = {};
  for (const rate of rates) {
    const { perSecond, sent, refused, unseen, seenTwice } = rate;
    if (unseen + seenTwice > 0) {
      const told = `${unseen} were not seen, ${seenTwice} were seen twice`;
      throw new Error(`of ${sent} messages at ${perSecond}/s ${told}`);
    }
    p50Ms[perSecond] = rate.p50Ms;
    p99Ms[perSecond] = rate.p99Ms;
    table.push({
      what: `message, ${perSecond}/s`,
      p50Ms: rate.p50Ms,
      p99Ms: rate.p99Ms,
      answerP50Ms: rate.answerP50Ms,
      answerP99Ms: rate.answerP99Ms,
      // Sent away with 503: the machine has no more to give.
      refused,
    });
  }
  return { p50Ms, p99Ms };
}

async function measureNew(ground: Ground, product: Product, table: Row[]) {
  const newToAssignedP50Ms: Record<number, number> = {};
  const newToAssignedP99Ms: Record<number, number> = {};
  for (const perSecond of NEW_RATES) {
    const config: LatencyNewConfig = {
      url: product.urls[0] ?? '',
      origin: ORIGIN,
      agents,
      tokens: Array.from({ length: perSecond * (NEW_SECONDS + 5) }, (_, at) =>
        visitorToken(`new-${perSecond}-${at}`, 2),
      ),
      perSecond,
      seconds: NEW_SECONDS,
    };
    const used = (): number[] =>
      [...product.apis, ...product.workers].map((pid) => processorSeconds(pid));
    const before = used();
    const result = await ground.load<LatencyNewResult>('latency-new', config);
    const { p50Ms, p99Ms, sent, refused, unassigned, twoOwners } = result;
    if (unassigned + twoOwners > 0) {
      const told = `${unassigned} were not assigned, ${twoOwners} were shown to two owners`;
      throw new Error(`of ${sent} new conversations at ${perSecond}/s ${told}`);
    }
    newToAssignedP50Ms[perSecond] = p50Ms;
    newToAssignedP99Ms[perSecond] = p99Ms;
    const [api, worker] = used().map((now, at) =>
      round(((now - (before[at] ?? 0)) * 1_000) / sent),
    );
    table.push({
      what: `new conversation, ${perSecond}/s`,
      p50Ms,
      p99Ms,
      ...{ refused, apiCpuMsEach: api ?? 0, workerCpuMsEach: worker ?? 0 },
    });
  }
  return { newToAssignedP50Ms, newToAssignedP99Ms };
}
