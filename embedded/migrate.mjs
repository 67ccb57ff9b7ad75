/**
 * Brings a database to the schema in prisma/, with Prisma's own bookkeeping.
 *   node embedded/migrate.mjs <url>          apply what is missing
 *   node embedded/migrate.mjs --diff <url>   print the SQL between database and schema.prisma
 * With --from <folder>, another folder than prisma/.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Failure, runCommand } from './failure.mjs';
import { inRoot } from './paths.mjs';

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations in `prismaDir` that the database does not have yet, in order. Safe to call
 * from several processes at once: one applies, the others find nothing to do. A migration that
 * fails leaves nothing behind and rejects with Postgres' words.
 *
 * @returns {Promise<string[]>} names of the migrations applied by this call
 */
export async function migrate(url, prismaDir = inRoot('prisma')) {
  const migrationsList = readMigrations(join(prismaDir, 'migrations'));
  if (await isUpToDate(url, migrationsList.migrationDirectories)) return [];
  const withSchemaEngine = await schemaEngine();
  const answer = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({ filters, migrationsList }),
  );
  return answer.appliedMigrationNames;
}

/**
 * Compares a database with `prismaDir`'s schema.prisma: exitCode 0 when they agree, 2 when they
 * differ, with the SQL that would bring the database to the schema. Hand-written partial indexes
 * are not seen.
 */
export async function diff(url, prismaDir = inRoot('prisma')) {
  const path = join(prismaDir, 'schema.prisma');
  const files = [{ path, content: readFileSync(path, 'utf8') }];
  const withSchemaEngine = await schemaEngine();
  const answer = await withSchemaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaDir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters,
    }),
  );
  return { exitCode: answer.exitCode, sql: answer.exitCode === 0 ? '' : (answer.stdout ?? '') };
}

// Loaded where it is needed: it takes half a second and 30 MB, and a second start needs nothing of it.
const schemaEngine = async () => (await import('./schema-engine.mjs')).withSchemaEngine;

/**
 * Whether Prisma's own account in the database holds just these migrations, each applied whole and as it reads today.
 * Anything else, a database out of reach too, is left to the engine to judge.
 */
async function isUpToDate(url, migrations) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  // One that breaks rejects what waits for it; as an event of its own it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
    );
    const wanted = migrations.map(({ path, migrationFile }) => ({
      name: path,
      checksum: createHash('sha256').update(migrationFile.content.value).digest('hex'),
      finished: true,
    }));
    return JSON.stringify(rows) === JSON.stringify(wanted);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function readMigrations(baseDir) {
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const read = (...parts) => readFileSync(join(baseDir, ...parts), 'utf8');
  return {
    baseDir,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: read('migration_lock.toml') },
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: read(path, 'migration.sql') },
      },
    })),
  };
}

async function main(words) {
  const { values, positionals } = parseArgs({
    args: words,
    options: { diff: { type: 'boolean' }, from: { type: 'string' } },
    allowPositionals: true,
  });
  const url = positionals[0] ?? process.env.DATABASE_URL;
  if (!url) throw new Failure('Usage: node embedded/migrate.mjs [--diff] <postgres url>');
  if (values.diff) {
    const { exitCode, sql } = await diff(url, values.from);
    console.log(exitCode === 0 ? 'Database and schema agree.' : sql);
    process.exitCode = exitCode;
    return;
  }
  const applied = await migrate(url, values.from);
  console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(() => main(process.argv.slice(2)));
  // The engine leaves its ten-second timer for the lock of migrations running.
  process.exit();
}
