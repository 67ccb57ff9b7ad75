/** The database and the Temporal server of `npm start`: ours, or those of the environment. */
import { writeFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { inHome } from './home.mjs';
import { migrate } from './migrate.mjs';
import { startPostgres } from './postgres.mjs';
import { hasOwnDatabase, hasOwnTemporal } from './setup.mjs';
import { obtainTemporalCli } from './temporal-cli.mjs';
import { startTemporal, withoutTemporal } from './temporal.mjs';

/**
 * Starts our Postgres with a database `switchyard`, or takes DATABASE_URL.
 *
 * @returns {Promise<{ url: string, process?: object }>} process is there for one that we stop
 */
export async function provideDatabase(log) {
  if (hasOwnDatabase()) return { url: process.env.DATABASE_URL };
  const logFile = inHome('logs', 'postgres.log');
  const server = await startPostgres({ dataDir: inHome('postgres'), logFile, log });
  return {
    url: server.url.replace(/\/postgres$/, '/switchyard'),
    process: { ...server, name: 'Postgres', logFile },
    prepare: () => createDatabase(server.url),
  };
}

/** Applies what the database lacks; one that cannot be reached is a Failure. */
export async function migrateDatabase(url) {
  try {
    return await migrate(url);
  } catch (error) {
    if (!hasOwnDatabase()) throw error;
    // The url holds a password, so it is not shown.
    throw new Failure(
      `The database of DATABASE_URL could not be brought up to date: check the address, the sign-in and that it may create tables. It said: ${error.message}`,
    );
  }
}

/**
 * Starts our Temporal dev server, or leaves it to the environment.
 *
 * @returns {Promise<{ env: object, address?: string, uiUrl?: string, process?: object }>} env is the
 *   whole environment for our services
 */
export async function provideTemporal(log) {
  if (hasOwnTemporal()) return { env: process.env, uiUrl: process.env.TEMPORAL_UI_URL };
  const logFile = inHome('logs', 'temporal.log');
  const executable = await obtainTemporalCli();
  const server = await startTemporal({ executable, dbFile: inHome('temporal.db'), logFile, log });
  return {
    env: {
      ...withoutTemporal(process.env),
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: 'default',
      // Else one in this user's home, of another server, would add to it.
      TEMPORAL_CONFIG_FILE: writeProfile(server.address),
    },
    address: server.address,
    uiUrl: server.uiUrl,
    process: { ...server, name: 'Temporal', logFile },
  };
}

function writeProfile(address) {
  const file = inHome('temporal.toml');
  writeFileSync(file, `[profile.default]\naddress = "${address}"\nnamespace = "default"\n`);
  return file;
}

async function createDatabase(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'switchyard'`);
    if (found.rowCount === 0) await client.query('CREATE DATABASE switchyard');
  } finally {
    await client.end();
  }
}
