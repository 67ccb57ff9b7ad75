/** How many customers' messages a second are taken, beside what Postgres takes of the same rows by itself. */
import { round, type Bench, type Row } from './bench';
import { processorSeconds } from './ground';
import type { VisitorsConfig, VisitorsResult } from './load/visitors';
import { pgbench } from './pgbench';
import { idOf, ORIGIN, seedOpenConversations, seedQueue, sqlIdOf, withClient } from './seed';
import { visitorToken } from './visitor-token';

const CONVERSATIONS = 5_000;
const SECONDS = 6;
const CONNECTIONS = [1, 8, 32, 128];
/** Not counted: an API that has just started runs cold code, some eight times slower than an hour later. */
const WARM_UP_CONNECTIONS = 128;

const update = `UPDATE conversation SET last_seq = last_seq + 1, last_in_seq = last_seq + 1,
  last_message_at = now(), last_inbound_at = now(), unread = unread + 1, rev = rev + 1
  WHERE id = ${sqlIdOf('conversation', ':n')}`;
const columns =
  'id, conversation_id, seq, rev, direction, author_kind, text, channel_id, external_id, created_at';
const message = (n: string, seq: string, rev: string): string =>
  `uuidv7(), ${n}, ${seq}, ${rev}, 'in', 'customer', 'Where is my order?', '${idOf('channel', 1)}',
   uuidv7()::text, now()`;

const TRANSACTION = `\\set n random(1, ${CONVERSATIONS})
BEGIN;
${update} RETURNING last_seq AS seq, rev AS rev \\gset
INSERT INTO message (${columns}) VALUES (${message(sqlIdOf('conversation', ':n'), ':seq', ':rev')});
COMMIT;
`;
const ONE_STATEMENT = `\\set n random(1, ${CONVERSATIONS})
WITH c AS (${update} RETURNING id, last_seq, rev)
INSERT INTO message (${columns}) SELECT ${message('c.id', 'c.last_seq', 'c.rev')} FROM c;
`;

export const ingest: Bench = {
  goal: 'Messages of customers over HTTP, committed before the 2xx: at least 0.7 of bare pgbench.',
  async run(ground) {
    const postgres = await ground.postgres();
    const temporal = await ground.temporal();
    const product = await ground.product({
      databaseUrl: postgres.url,
      temporalAddress: temporal.address,
      apis: 2,
    });
    const tokens = await withClient(postgres.url, async (client) => {
      await seedQueue(client, 1, 'auto');
      await seedOpenConversations(client, CONVERSATIONS);
      return Array.from({ length: CONVERSATIONS }, (_, at) => visitorToken(`visitor-${at + 1}`));
    });
    const bare = (name: string, sql: string): Promise<number> =>
      pgbench(ground.folder, postgres.url, { name, sql, seconds: SECONDS });

    const before = {
      tx: await bare('transaction', TRANSACTION),
      cte: await bare('cte', ONE_STATEMENT),
    };
    const table: Row[] = [];
    let best: VisitorsResult | null = null;
    let accepted = 0;
    for (const [at, connections] of [WARM_UP_CONNECTIONS, ...CONNECTIONS].entries()) {
      const config: VisitorsConfig = {
        ...{ urls: product.urls, tokens, origin: ORIGIN, connections, seconds: SECONDS },
        run: `run-${at}`,
      };
      const usedBefore = processorSeconds(product.apis[0] ?? 0);
      const result = await ground.load<VisitorsResult>('visitors', config);
      const used = processorSeconds(product.apis[0] ?? 0) - usedBefore;
      const { refused, perSecond, p50Ms, p99Ms } = result;
      if (Object.keys(refused).length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
      accepted += result.all;
      if (at === 0) continue;
      const apiCores = round(used / result.seconds);
      table.push({ through: `API, ${connections} connections`, perSecond, p50Ms, p99Ms, apiCores });
      if (!best || perSecond > best.perSecond) best = result;
    }
    const after = {
      tx: await bare('transaction', TRANSACTION),
      cte: await bare('cte', ONE_STATEMENT),
    };
    await mustBeStored(postgres.url, accepted);

    const pgbenchPerSecond = Math.round((before.tx + after.tx) / 2);
    const ctePerSecond = Math.round((before.cte + after.cte) / 2);
    table.push({ through: 'pgbench, before', perSecond: before.tx });
    table.push({ through: 'pgbench, after', perSecond: after.tx });
    table.push({ through: 'pgbench, one statement', perSecond: ctePerSecond });
    const { perSecond = 0, p99Ms = 0 } = best ?? {};
    const ratio = round(perSecond / pgbenchPerSecond);
    const cteRatio = round(perSecond / ctePerSecond);
    return { table, json: { perSecond, pgbenchPerSecond, ratio, cteRatio, p99Ms } };
  },
};

/** What was answered with 2xx is there, each message once. */
async function mustBeStored(url: string, accepted: number): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ stored: string }>(
      `SELECT count(*) AS stored FROM message WHERE text LIKE 'Where is my order %'`,
    ),
  );
  const stored = Number(rows[0]?.stored);
  if (stored !== accepted) throw new Error(`${accepted} were accepted, ${stored} are stored`);
}
