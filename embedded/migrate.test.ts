import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '../tests/support/database';

const root = join(__dirname, '..');
const run = promisify(execFile);

// Plain .mjs cannot be imported under Jest, so these run it as a deployment does.
const migrate = async (...words: string[]): Promise<string> => {
  const { stdout } = await run(process.execPath, [join(__dirname, 'migrate.mjs'), ...words]);
  return stdout.trim();
};

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('migrations', () => {
  let database: FreshDatabase;

  beforeEach(async () => {
    database = await emptyDatabase();
  });

  afterEach(() => database.drop());

  it('bring an empty database to the schema, and a second time do nothing', async () => {
    expect(await migrate(database.url)).toMatch(/^Applied \d{14}_/);
    expect(await migrate('--diff', database.url)).toBe('Database and schema agree.');
    expect(await migrate(database.url)).toBe('Nothing to apply.');
  });

  it('are applied once when three processes apply them at the same time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(answers.filter((answer) => answer.startsWith('Applied'))).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'Nothing to apply.')).toHaveLength(2);
    expect(await query(database.url, 'SELECT 1 FROM _prisma_migrations')).not.toHaveLength(0);
  });

  it('show a difference as the SQL that ends it, with exit code 2', async () => {
    await migrate(database.url);
    await query(database.url, 'CREATE TABLE stray (id int PRIMARY KEY)');
    await expect(migrate('--diff', database.url)).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining('DROP TABLE "stray"') as string,
    });
  });
});

describe('a migrated database', () => {
  it('has every hand-written index, which the comparison with the schema does not see', async () => {
    const database = await freshDatabase();
    const file = join(root, 'prisma', 'hand-written-indexes.json');
    const wanted = JSON.parse(readFileSync(file, 'utf8')) as string[];
    const rows = await query(database.url, 'SELECT indexname FROM pg_indexes');
    await database.drop();
    const present = new Set(rows.map((row) => row['indexname']));
    expect(wanted.filter((name) => !present.has(name))).toEqual([]);
  });
});

describe('a migration that fails', () => {
  it('leaves nothing behind, and a function body with semicolons is taken whole', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'migrations-'));
    const body = `CREATE FUNCTION two() RETURNS int AS $$ BEGIN PERFORM 1; RETURN 2; END $$ LANGUAGE plpgsql;`;
    const write = (name: string, sql: string) => {
      mkdirSync(join(dir, 'migrations', name), { recursive: true });
      writeFileSync(join(dir, 'migrations', name, 'migration.sql'), sql);
    };
    write('1_good', body);
    write('2_bad', 'CREATE TABLE half (id int); SELECT no_such_column;');
    writeFileSync(join(dir, 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n');
    const database = await emptyDatabase();
    try {
      await expect(migrate('--from', dir, database.url)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no_such_column') as string,
      });
      const rows = await query(database.url, `SELECT two() AS two, to_regclass('half') AS half`);
      expect(rows).toEqual([{ two: 2, half: null }]);
    } finally {
      await database.drop();
      rmSync(dir, { recursive: true });
    }
  });
});
