import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** `npx switchyard ...` of a checkout, with nothing in its environment that says where a product is. */
const call = (checkout: string, home: string, ...words: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: home, SWITCHYARD_HOME: home };
    const script = join(checkout, 'bin', 'switchyard.mjs');
    execFile(process.execPath, [script, ...words], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

describe('where nothing is set up', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-cli-'));
    for (const part of ['bin', 'embedded', 'package.json', 'package-lock.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('every command says what to do', async () => {
    const { code, stderr } = await call(folder, folder, 'demo');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'This checkout is not set up: run "npm run setup" (a few minutes, once).\n',
    );
  });

  it('doctor says what is missing', async () => {
    const { code, stdout } = await call(folder, folder, 'doctor', '--json');
    const { ok, checks } = JSON.parse(stdout) as {
      ok: boolean;
      checks: { name: string; ok: boolean }[];
    };
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual([
      'packages',
      'build',
    ]);
  });
});

describe('where nothing runs', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'switchyard-home-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it.each([
    ['demo', 'Nothing runs here: "npm start" first, or give --url.'],
    ['explain 1', 'No database is known: run "npm start" first'],
    ['reconcile', 'No database is known: run "npm start" first'],
    ['migrate', 'No database is known: set DATABASE_URL, or run "npm start" first.'],
  ])('%s says so', async (words, said) => {
    const { code, stderr } = await call(root, home, ...words.split(' '));
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });
});
