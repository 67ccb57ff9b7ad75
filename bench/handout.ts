/** How soon a freed slot is filled, by how many agents and how long the lines are, and with an old transaction open. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { MEMBERS } from '../db/routing/candidates';
import { HEADS } from '../db/routing/heads-of-lines';
import { round, spread, type Bench, type Row } from './bench';
import type { Ground } from './ground';
import type { HandoutConfig, HandoutResult } from './load/handout';
import { idOf, withClient } from './seed';
import { HELD, seedCentre, type Centre } from './seed-line';

const SIZES = [
  { name: '10x100', agents: 10, queues: 2, waiting: 100 },
  { name: '100x1000', agents: 100, queues: 10, waiting: 1_000 },
  { name: '1000x10000', agents: 1_000, queues: 50, waiting: 10_000 },
] as const;

/** Processes that route beside each other, and slots freed a second by all of them. */
const ROUTERS = 2;
const PER_SECOND = 40;
const SECONDS = 25;
/** What each agent gets when all sign in at once. */
const FILL = 5;

type Figures = Record<string, unknown> & { perSecond: number; flatness: number };

export const handout: Bench = {
  goal: 'A freed slot is filled, with all rules on: p99 below 100 ms, the largest no slower than 1.5 times the smallest; twice with an old transaction open.',
  async run(ground) {
    const { url } = await ground.postgres();
    const table: Row[] = [];
    const calm = await measure(ground, url, table, 'alone');
    const old = await measure(ground, url, table, 'beside an old transaction');
    return { table, json: { ...calm, withOldTransaction: old } };
  },
};

async function measure(ground: Ground, url: string, table: Row[], when: string): Promise<Figures> {
  const isOld = when !== 'alone';
  const figures: Record<string, unknown> = {};
  const p99s: number[] = [];
  for (const { name, ...size } of SIZES) {
    await withClient(url, (client) => seedCentre(client, { ...size, places: HELD, held: HELD }));
    const old = isOld ? await openTransaction(url) : null;
    const count = (PER_SECOND * SECONDS) / ROUTERS;
    const results = await route(ground, url, size, { perSecond: PER_SECOND / ROUTERS, count });
    await old?.end();
    await mustBeInOrder(url, HELD);
    const { p50, p99 } = spread(results.flatMap((result) => result.latencies));
    p99s.push(p99);
    figures[name] = { p50Ms: p50, p99Ms: p99 };
    table.push({ [when]: name, p50Ms: p50, p99Ms: p99, slots: count * ROUTERS });
  }
  const [, , largest] = SIZES;
  await withClient(url, (client) => seedCentre(client, { ...largest, places: FILL, held: 0 }));
  const old = isOld ? await openTransaction(url) : null;
  const results = await route(ground, url, largest, { perSecond: null, count: 0 });
  if (isOld) await writePlans(ground, url);
  await old?.end();
  await mustBeInOrder(url, FILL);
  const slowest = Math.max(...results.flatMap((result) => result.latencies));
  const perSecond = round((largest.agents * FILL * 1_000) / slowest);
  table.push({ [when]: `all of ${largest.name} at once`, perSecond });
  const flatness = round((p99s.at(-1) ?? 0) / (p99s[0] ?? 1));
  return { ...figures, flatness, perSecond };
}

async function route(
  ground: Ground,
  url: string,
  size: Pick<Centre, 'agents' | 'queues' | 'waiting'>,
  how: Pick<HandoutConfig, 'perSecond' | 'count'>,
): Promise<HandoutResult[]> {
  const { agents, queues, waiting } = size;
  const firstArrival = agents * HELD + waiting + 1;
  const results = await Promise.all(
    Array.from({ length: ROUTERS }, (_, part) => {
      const config: HandoutConfig = {
        url,
        part,
        parts: ROUTERS,
        agents,
        queues,
        firstArrival,
        ...how,
      };
      return ground.load<HandoutResult>('handout', config);
    }),
  );
  const errors = results.flatMap((result) => result.errors);
  if (errors.length > 0) throw new Error(`${errors.length} failed, first: ${errors[0]}`);
  return results;
}

/** How Postgres answers what each hand-out asks (kept in `plans/`); after all that the run has written, and with nothing cleaned away. */
async function writePlans(ground: Ground, url: string): Promise<void> {
  const asked = {
    'heads-of-lines': [HEADS, [idOf('agent', 2), [], [], null, ['english', 'french']]],
    candidates: [MEMBERS, [idOf('queue', 1)]],
  } as const;
  for (const [name, [sql, values]] of Object.entries(asked)) {
    const { rows } = await withClient(url, (client) =>
      client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${sql}`, [
        ...values,
      ]),
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    writeFileSync(join(ground.folder, `${name}.txt`), `${sql}\n\n${plan}\n`);
  }
}

/** What a backup does to others: nothing that goes is cleaned away while it lasts. */
async function openTransaction(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('SELECT count(*) FROM agent');
  return client;
}

/** Every agent full and none beyond, nothing given twice, nobody far behind one who came later, nothing left to do. */
async function mustBeInOrder(url: string, places: number): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<Record<string, string>>(`
      SELECT (SELECT count(*) FROM agent WHERE used_units <> 25 * ${places}) AS "not full",
             (SELECT count(*) FROM agent a WHERE used_units <>
                (SELECT coalesce(sum(reserved_units), 0) FROM conversation WHERE owner_id = a.id)) AS "miscounted",
             (SELECT count(*) FROM (SELECT 1 FROM claim GROUP BY conversation_id HAVING count(*) > 1) x) AS "given twice",
             (SELECT count(*) FROM hand_out) AS "hand-outs left",
             (SELECT count(*) FROM (
                SELECT rank() OVER (PARTITION BY c.queue_id, c.line ORDER BY c.order_key) AS due,
                       rank() OVER (PARTITION BY c.queue_id, c.line ORDER BY k.created_at) AS given
                  FROM claim k JOIN conversation c ON c.id = k.conversation_id) x
               WHERE abs(due - given) > 10) AS "out of turn"`),
  );
  const wrong = Object.entries(rows[0] ?? {}).filter(([, count]) => Number(count) > 0);
  if (wrong.length > 0) throw new Error(`wrong: ${JSON.stringify(wrong)}`);
}
