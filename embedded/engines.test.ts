import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { SEARCH_ATTRIBUTES } from '../workflows/search-attributes';

const run = promisify(execFile);
const here = (file: string): string => JSON.stringify(join(__dirname, file));

// Plain .mjs cannot be imported under Jest: each of these is a process, as in real life.
const start: Record<string, (dir: string) => string> = {
  Postgres: (dir) => `
    const { startPostgres } = await import(${here('postgres.mjs')});
    const { runCommand } = await import(${here('failure.mjs')});
    const start = () => startPostgres({ dataDir: ${JSON.stringify(`${dir}/postgres`)},
      logFile: ${JSON.stringify(`${dir}/log`)}, log: console.error });`,
  Temporal: (dir) => `
    const { startTemporal } = await import(${here('temporal.mjs')});
    const { obtainTemporalCli } = await import(${here('temporal-cli.mjs')});
    const { runCommand } = await import(${here('failure.mjs')});
    const start = async () => startTemporal({ executable: await obtainTemporalCli(),
      dbFile: ${JSON.stringify(`${dir}/temporal.db`)}, headless: true,
      logFile: ${JSON.stringify(`${dir}/log`)}, log: console.error });`,
};

const node = (script: string): [string, string[]] => [
  process.execPath,
  ['--input-type=module', '-e', script],
];
const startAndStop = `await runCommand(async () => {
  const engine = await start();
  await engine.stop();
  console.log(engine.url ?? engine.address);
});`;

describe.each(Object.keys(start))('the embedded %s', (name) => {
  const prelude = (dir: string) => start[name]?.(dir) ?? '';
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'engines-'));
    // Root runs Postgres as another user, who must be able to pass.
    chmodSync(dir, 0o755);
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('starts again after its starter was killed, at the same address', async () => {
    const script = `${prelude(dir)}
      const engine = await start();
      console.log(engine.url ?? engine.address);
      setInterval(() => {}, 1_000);`;
    const killed = spawn(...node(script), { stdio: ['ignore', 'pipe', 'inherit'] });
    const [address] = (await once(createInterface({ input: killed.stdout }), 'line')) as [string];
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const { stdout, stderr } = await run(...node(prelude(dir) + startAndStop));
    expect(stdout.trim()).toBe(address);
    expect(stderr).toContain('that an earlier run left behind');
  });
});

describe('the embedded Postgres', () => {
  it('says in one sentence that the data is of another version', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'engines-'));
    chmodSync(dir, 0o755);
    const script = (start['Postgres']?.(dir) ?? '') + startAndStop;
    await run(...node(script));
    writeFileSync(join(dir, 'postgres', 'PG_VERSION'), '9\n');
    await expect(run(...node(script))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The database in .* was made by Postgres 9, .*\n$/) as string,
    });
    rmSync(dir, { recursive: true, force: true });
  });
});

describe('the embedded Temporal', () => {
  it('registers the search attributes that the workflows write', () => {
    const source = readFileSync(join(__dirname, 'temporal.mjs'), 'utf8');
    const listed = [...source.matchAll(/^ {2}(\w+): '(Keyword|Int|Datetime)',$/gm)];
    const registered = listed.map(([, name, type]) => `${name} ${type?.toUpperCase()}`);
    expect(registered).toEqual(SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} ${type}`));
  });
});
