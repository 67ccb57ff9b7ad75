/**
 * Keeps one Temporal server for a test that may kill it: `embedded <folder>`, or `production <folder> <port>` on the
 * Postgres of the tests. Prints one line of JSON, `{"address", "pid"}`, when it serves, and takes it down when its
 * standard input ends.
 */
import { basename, join } from 'node:path';
import { startTemporal } from '../../embedded/temporal.mjs';
import { obtainTemporalCli } from '../../embedded/temporal-cli.mjs';
import { startProductionTemporal } from '../support/production-temporal.mjs';

const [kind, folder, port] = process.argv.slice(2);
const logFile = join(folder, `${kind}.log`);
process.stdin.resume();
const over = new Promise((resolve) => process.stdin.once('end', resolve));

const starts = {
  embedded: async () =>
    startTemporal({
      executable: await obtainTemporalCli(),
      dbFile: join(folder, 'temporal.db'),
      logFile,
      headless: true,
    }),
  production: () =>
    startProductionTemporal({
      postgresUrl: process.env.SWITCHYARD_TEST_PG,
      name: basename(folder).replaceAll(/\W/g, '_').toLowerCase(),
      logFile,
      port: Number(port),
    }),
};

const server = await starts[kind]();
process.stdout.write(`${JSON.stringify({ address: server.address, pid: server.pid })}\n`);
await Promise.race([over, server.exited]);
await server.stop();
process.exit();
