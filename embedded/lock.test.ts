import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

describe('a lock', () => {
  let dir: string;
  let file: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(dir, 'lock');
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  // Takes the lock in a process that keeps it until it is let go.
  const take = async (): Promise<{ holder?: number; letGo: () => Promise<void> }> => {
    const module = JSON.stringify(join(__dirname, 'lock.mjs'));
    const script = `const { takeLock } = await import(${module});
      console.log(JSON.stringify(takeLock(${JSON.stringify(file)})));
      process.stdin.resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const letGo = async () => {
      child.stdin.end();
      await ended;
    };
    return { ...(JSON.parse(line) as { holder?: number }), letGo };
  };

  it('goes to one of many at the same instant, although a dead one left it', async () => {
    await (await take()).letGo();
    const dead = (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
    const all = await Promise.all(Array.from({ length: 8 }, take));
    await Promise.all(all.map(({ letGo }) => letGo()));
    const holders = all.flatMap(({ holder }) => holder ?? []);
    expect(holders).toHaveLength(7);
    expect(holders).not.toContain(dead);
    expect(readdirSync(dir)).toEqual(['lock']);
  });

  it('is not held by another process that has the id of a dead one', async () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, born: 'long ago' }));
    const { holder, letGo } = await take();
    await letGo();
    expect(holder).toBeUndefined();
  });
});
