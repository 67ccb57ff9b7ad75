/** What memory the product takes: at rest, by live conversations, by sockets that only listen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDoorbell } from '../platform/doorbell';
import { connectTemporal } from '../platform/temporal';
import { round, type Bench, type Row } from './bench';
import { processorSeconds, residentBytes } from './ground';
import { hold, type Held } from './hold';
import type { SocketsConfig, SocketsStanding } from './load/sockets';
import { idOf, ORIGIN, seedOpenConversations, seedQueue, withClient } from './seed';
import { agentToken, seedAgents } from './seed-agents';
import { npmStart, type Started } from './started';
import { visitorToken } from './visitor-token';

const IDLE_AFTER_MS = 15_000;
const LIVE = [200, 1_000, 3_000];
const RINGS_AT_ONCE = 20;
const VISITORS = 10_000;
const AGENTS = 500;
/** Longer than between two pings, so that idle costs what idle costs. */
const SOCKETS_STAND_MS = 25_000;
/** Sockets of one load process: each is an open file there. */
const SOCKETS_EACH = 5_000;

const MB = 1_000_000;

export const memory: Bench = {
  goal: 'Idle processes below 300 MB together; live conversations bounded by the cache; 10,000 idle sockets below 500 MB.',
  async run(ground) {
    const home = join(ground.folder, 'home');
    // The first start makes the database, which is not what a running installation looks like.
    await (await npmStart(home)).stop();
    const started = await npmStart(home);
    const table: Row[] = [];
    try {
      await sleep(IDLE_AFTER_MS);
      const idle = atRest(started, table);
      await seed(started);
      const live = await withLiveConversations(started, table);
      const sockets = await withSockets(started, table);
      return { table, json: { ...idle, ...live, ...sockets } };
    } finally {
      await started.stop();
    }
  },
};

/** What is resident, and the part of it that is the process's own: pages that several share are counted in part. */
function figuresOf(pid: number): { rssMb: number; pssMb: number } {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const [, kib = '0'] = /^Pss:\s+(\d+) kB$/m.exec(rollup) ?? [];
  return { rssMb: round(residentBytes(pid) / MB), pssMb: round((Number(kib) * 1024) / MB) };
}

function atRest({ pids }: Started, table: Row[]) {
  const idleRssMb: Record<string, number> = {};
  let [rssMb, pssMb] = [0, 0];
  for (const [name, pid] of Object.entries(pids)) {
    const figures = figuresOf(pid);
    idleRssMb[name] = figures.rssMb;
    rssMb += figures.rssMb;
    pssMb += figures.pssMb;
    table.push({ what: `${name}, idle`, ...figures });
  }
  // The program Node itself is in memory once, and in the resident memory of each of the three.
  table.push({ what: 'together, idle', rssMb: round(rssMb), pssMb: round(pssMb) });
  return { idleRssMb, idleTogetherMb: round(pssMb), idleRssSumMb: round(rssMb) };
}

async function seed({ databaseUrl }: Started): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await seedQueue(client, 1, 'manual');
    await seedAgents(client, AGENTS, [1]);
    await seedOpenConversations(client, VISITORS);
    // Loading writes the claim's number there: that is how we see that a workflow has loaded its row.
    await client.query('UPDATE conversation SET seen_claim_no = -1 WHERE queue_id = $1', [
      idOf('queue', 1),
    ]);
  });
}

/** Workflows that live, by rings as the product's own. Most of them wait for days: memory may not grow with them. */
async function withLiveConversations(started: Started, table: Row[]) {
  const { pids, databaseUrl, temporalAddress } = started;
  const temporal = connectTemporal(temporalAddress);
  const doorbell = createDoorbell(temporal);
  const idle = residentBytes(pids.workers);
  const bytesPerLiveConversation: Record<number, number> = {};
  let next = 1;
  try {
    for (const live of LIVE) {
      const began = performance.now();
      const ring = async (): Promise<void> => {
        while (next <= live) {
          await doorbell.ring({ conversationId: idOf('conversation', next++), signal: 'check' });
        }
      };
      await Promise.all(Array.from({ length: RINGS_AT_ONCE }, ring));
      await untilLoaded(databaseUrl, live);
      const seconds = (performance.now() - began) / 1_000;
      await sleep(3_000);
      const now = residentBytes(pids.workers);
      bytesPerLiveConversation[live] = Math.round((now - idle) / live);
      table.push({
        what: `workers, ${live} live conversations`,
        rssMb: round(now / MB),
        bytesEach: bytesPerLiveConversation[live],
        seconds: round(seconds),
      });
    }
  } finally {
    await temporal.connection.close();
  }
  return { bytesPerLiveConversation };
}

async function untilLoaded(url: string, count: number): Promise<void> {
  await withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ loaded: string }>(
        'SELECT count(*) AS loaded FROM conversation WHERE queue_id = $1 AND seen_claim_no = 0',
        [idOf('queue', 1)],
      );
      if (Number(rows[0]?.loaded) >= count) return;
      await sleep(100);
    }
  });
}

async function withSockets(started: Started, table: Row[]) {
  const visitors = Array.from({ length: VISITORS }, (_, at) => ({
    token: visitorToken(`visitor-${at + 1}`),
    event: 'follow',
    payload: { conversationId: null },
  }));
  const agents = Array.from({ length: AGENTS }, (_, at) => ({
    token: agentToken(at + 1),
    event: 'list.subscribe',
    payload: { list: 'agent', id: idOf('agent', at + 1) },
  }));
  const { url } = started;
  const ofVisitors: SocketsConfig = {
    url,
    namespace: '/visitor',
    origin: ORIGIN,
    sockets: visitors,
  };
  const ofAgents: SocketsConfig = { url, namespace: '/agent', sockets: agents };
  // The few first: what many leave behind would hide them.
  const agent = await standing(started, table, 'agents', ofAgents);
  const visitor = await standing(started, table, 'visitors', ofVisitors);
  return {
    bytesPerIdleSocket: visitor.bytesEach,
    bytesPerIdleAgentSocket: agent.bytesEach,
    idleSockets: VISITORS,
    idleSocketsRssMb: visitor.rssMb,
  };
}

async function standing(started: Started, table: Row[], who: string, config: SocketsConfig) {
  const { api } = started.pids;
  const before = residentBytes(api);
  const held: Held<SocketsStanding>[] = [];
  try {
    for (let at = 0; at < config.sockets.length; at += SOCKETS_EACH) {
      const sockets = config.sockets.slice(at, at + SOCKETS_EACH);
      held.push(await hold<SocketsStanding>('sockets', { ...config, sockets }));
    }
    const open = held.reduce((sum, { standing: { open: n } }) => sum + n, 0);
    const cpuBefore = processorSeconds(api);
    await sleep(SOCKETS_STAND_MS);
    const cores = (processorSeconds(api) - cpuBefore) / (SOCKETS_STAND_MS / 1_000);
    const now = residentBytes(api);
    const figures = { rssMb: round(now / MB), bytesEach: Math.round((now - before) / open) };
    table.push({ what: `api, ${open} idle sockets of ${who}`, ...figures, cores: round(cores) });
    return figures;
  } finally {
    await Promise.all(held.map((each) => each.release()));
  }
}
