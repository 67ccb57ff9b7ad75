/** A process that routes: it closes what its agents hold at a steady rate, or as fast as it can, and hands out. */
import { decide } from '../../core/conversation/decide';
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import { Effects } from '../../db/effects';
import { giveCommand } from '../../db/conversation/give-command';
import { loadConversation } from '../../db/conversation/load';
import { projectDecision } from '../../db/conversation/project';
import { idOf } from '../seed';
import { seedWaiting } from '../seed-line';
import { readConfig, tell } from './standard';

export interface HandoutConfig {
  readonly url: string;
  /** This process is number `part` of `parts`; agents and arrivals are split among them. */
  readonly part: number;
  readonly parts: number;
  readonly agents: number;
  readonly queues: number;
  /** Slots that are freed each second by this process; null: every agent of it has room, which is filled at once. */
  readonly perSecond: number | null;
  /** Slots to free. */
  readonly count: number;
  /** The number of the first conversation that arrives during the run. */
  readonly firstArrival: number;
}

export interface HandoutResult {
  /** From the commit that freed a slot until the assignment that fills it is committed, milliseconds. */
  readonly latencies: readonly number[];
  readonly seconds: number;
  readonly errors: readonly string[];
}

/** Not counted: connections are opened, code and caches get warm. */
const WARM_UP = 40;

async function main(): Promise<void> {
  const config = await readConfig<HandoutConfig>();
  const db = connectDatabase({ url: config.url, name: 'bench-handout' });
  const errors: string[] = [];
  const afterCommit = new AfterCommit(
    db,
    // Temporal is not part of what is measured.
    { ring: () => Promise.resolve(), deliver: () => Promise.resolve() },
    (error, what) => errors.push(`${what}: ${String(error)}`),
  );
  const began = performance.now();
  const latencies =
    config.perSecond === null
      ? await fillAgents(config, db, afterCommit)
      : await freeSlots(config, config.perSecond, db, afterCommit);
  const seconds = (performance.now() - began) / 1_000;
  await afterCommit.settled();
  await db.close();
  tell({ latencies, seconds, errors } satisfies HandoutResult);
}

/** One by one at a steady rate, however long each takes. For each that goes one arrives, so the lines keep their length. */
async function freeSlots(
  config: HandoutConfig,
  perSecond: number,
  db: Database,
  afterCommit: AfterCommit,
): Promise<number[]> {
  const { agents, part, parts } = config;
  const latencies: number[] = [];
  const arrivals: Promise<void>[] = [];
  // One after the other for the same agent.
  const ofAgent = new Map<number, Promise<void>>();
  const start = performance.now();
  for (let n = 0; n < config.count + WARM_UP; n++) {
    await until(start + (n * 1_000) / perSecond);
    const agent = ((n * 7) % (agents / parts)) * parts + part + 1;
    const free = async (): Promise<void> => {
      const ms = await freeOne(db, afterCommit, idOf('agent', agent));
      if (n >= WARM_UP) latencies.push(ms);
    };
    ofAgent.set(agent, (ofAgent.get(agent) ?? Promise.resolve()).then(free));
    const arrival = config.firstArrival + n * parts + part;
    arrivals.push(
      withPool(db, (client) =>
        seedWaiting(client, { from: arrival, to: arrival, queues: config.queues }),
      ),
    );
  }
  await Promise.all([...ofAgent.values(), ...arrivals]);
  return latencies;
}

/** Closes what an agent has held longest, as the agent's command and its workflow do; waits for what comes of it. */
async function freeOne(db: Database, afterCommit: AfterCommit, agentId: string): Promise<number> {
  const [held] = await db.query<{ id: string }>(
    `SELECT id FROM conversation WHERE owner_id = $1 AND status = 'open' ORDER BY held_since, id LIMIT 1`,
    [agentId],
  );
  if (!held) throw new Error(`agent ${agentId} holds nothing`);
  const giver = { kind: 'agent' as const, id: agentId };
  const conversationId = held.id;
  await giveCommand(db, { conversationId, name: 'close', args: {}, giver, key: 'close' });
  const loaded = await loadConversation(db, conversationId, []);
  const command = loaded?.commands[0];
  if (!loaded || !command) throw new Error('the command is not there');
  const { version, claimNo, lastInSeq, lastOutSeq } = loaded.state;
  const decision = decide(loaded.state, { kind: 'command', command }, loaded.now);
  const { effects } = await projectDecision(db, {
    ...{ conversationId, version, claimNo, lastInSeq, lastOutSeq, decision },
  });
  const freed = performance.now();
  await afterCommit.run(effects);
  return performance.now() - freed;
}

/** Every agent has room, as after a sign-in of all at once: hand out until no agent has room any more. */
async function fillAgents(
  config: HandoutConfig,
  db: Database,
  afterCommit: AfterCommit,
): Promise<number[]> {
  const all = new Effects();
  for (let n = config.part + 1; n <= config.agents; n += config.parts) {
    const { effects } = await db.transaction(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `INSERT INTO hand_out (agent_id, reason) VALUES ($1, 'login') RETURNING id`,
        [idOf('agent', n)],
      );
      const id = row?.id ?? '';
      tx.effects.handOuts.push({
        id,
        agentId: idOf('agent', n),
        conversationId: null,
        reason: 'login',
      });
    });
    all.add(effects);
  }
  const began = performance.now();
  await afterCommit.run(all);
  return [performance.now() - began];
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())));
}

async function withPool(
  db: Database,
  work: (client: Parameters<typeof seedWaiting>[0]) => Promise<void>,
): Promise<void> {
  const client = await db.pool.connect();
  try {
    await work(client);
  } finally {
    client.release();
  }
}

void main();
