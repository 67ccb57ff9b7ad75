import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { connectDatabase } from '../db/client';
import { credentialsOf } from '../db/agents/sessions';
import { isPassword } from '../platform/passwords';
import { freshDatabase, type FreshDatabase } from '../tests/support/database';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const user = (...words: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const script = join(__dirname, '..', 'bin', 'switchyard.mjs');
    const env = { ...process.env, DATABASE_URL: database.url };
    execFile(process.execPath, [script, 'user', ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

it('gives an installation its first admin, whose password is shown once', async () => {
  const { code, stdout } = await user('boss@example.com', '--name', 'The Boss');
  expect(code).toBe(0);
  const password = /^admin boss@example\.com, password (\S{20})$/m.exec(stdout)?.[1] ?? '';
  const db = connectDatabase({ url: database.url, name: 'test' });
  const stored = await credentialsOf(db, 'boss@example.com');
  expect(await isPassword(stored?.passwordHash ?? null, password)).toBe(true);
  expect(await db.query('SELECT name, role FROM agent')).toEqual([
    { name: 'The Boss', role: 'admin' },
  ]);
  expect(await db.query('SELECT action, actor_kind FROM audit')).toEqual([
    { action: 'agent.create', actor_kind: 'operator' },
  ]);
  await db.close();
}, 30_000);

it.each([
  ['an address twice', ['boss@example.com'], 'Somebody signs in with boss@example.com already.\n'],
  ['what is no address', ['boss'], 'boss is no e-mail address.\n'],
])('refuses %s in a sentence', async (_, words, sentence) => {
  expect(await user(...words)).toMatchObject({ code: 1, stderr: sentence });
});
