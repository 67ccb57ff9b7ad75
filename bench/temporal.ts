/** Conversations begun and commands decided a second, beside what Temporal and its SDK do by themselves. */
import { round, type Bench, type Row } from './bench';
import type { Ground } from './ground';
import type { Rates, TemporalConfig } from './load/rates';
import { idOf, seedQueue, sqlIdOf, withClient } from './seed';

const COUNT = 300;
const AT_ONCE = 32;
const ROUNDS = 2;
const SERVERS = ['embedded', 'production'] as const;

export const temporal: Bench = {
  goal: 'New conversations and commands a second: at least 0.7 of a bare loop over the SDK.',
  async run(ground) {
    const table: Row[] = [];
    const json: Record<string, unknown> = {};
    const { url: databaseUrl } = await ground.postgres();
    await withClient(databaseUrl, async (client) => {
      await seedQueue(client, 1, 'manual');
      await client.query(
        `INSERT INTO identity (id, channel_id, external_id)
         SELECT ${sqlIdOf('customer', 'n')}, $2, 'visitor-' || n FROM generate_series(1, $1::int) n`,
        [COUNT * ROUNDS * SERVERS.length, idOf('channel', 1)],
      );
    });
    for (const [at, kind] of SERVERS.entries()) {
      const figures = await measure(ground, kind, databaseUrl, at * ROUNDS);
      table.push({ on: kind, of: 'product', ...figures.product });
      table.push({ on: kind, of: 'bare loop', ...figures.bare });
      const { product, bare } = figures;
      json[kind] = {
        ...product,
        bareStartsPerSecond: bare.startsPerSecond,
        bareCommandsPerSecond: bare.commandsPerSecond,
        startsRatio: round(product.startsPerSecond / bare.startsPerSecond),
        commandsRatio: round(product.commandsPerSecond / bare.commandsPerSecond),
      };
    }
    return { table, json };
  },
};

/** Product and bare loop in turn, so that a machine that changes its pace does so for both. */
async function measure(
  ground: Ground,
  kind: (typeof SERVERS)[number],
  databaseUrl: string,
  firstRun: number,
): Promise<{ product: Rates; bare: Rates }> {
  const server = await (kind === 'embedded' ? ground.temporal() : ground.productionTemporal());
  const product = await ground.product({
    databaseUrl,
    temporalAddress: server.address,
    apis: 0,
  });
  const rates: { product: Rates[]; bare: Rates[] } = { product: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const config: TemporalConfig = {
      ...{ databaseUrl, address: server.address, count: COUNT, atOnce: AT_ONCE },
      run: String(firstRun + round),
    };
    rates.product.push(await ground.load<Rates>('conversations', config));
    rates.bare.push(await ground.load<Rates>('bare-temporal', config));
  }
  await product.stop();
  await server.stop();
  return { product: mean(rates.product), bare: mean(rates.bare) };
}

function mean(rates: readonly Rates[]): Rates {
  const of = (key: keyof Rates): number =>
    Math.round(rates.reduce((sum, each) => sum + each[key], 0) / rates.length);
  return { startsPerSecond: of('startsPerSecond'), commandsPerSecond: of('commandsPerSecond') };
}
