/** Load that stays while something else is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Held<T> {
  /** What it said when it stood. */
  readonly standing: T;
  /** Ends it. @throws Error where it had not stood until then */
  release(): Promise<void>;
}

/**
 * Runs `bench/load/NAME.ts` with `config` as JSON on its standard input, and resolves with its first line, JSON. It
 * ends with status 0 at SIGTERM if all went well.
 */
export async function hold<T>(name: string, config: unknown): Promise<Held<T>> {
  const script = join(__dirname, 'load', `${name}.js`);
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = (): boolean => child.kill('SIGKILL');
  process.once('exit', gone);
  const ended = once(child, 'exit');
  child.stdin.end(JSON.stringify(config));
  const said = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const first = await Promise.race([said, ended.then(() => null)]);
  if (!first) throw new Error(`the load ${name} did not come to stand`);
  return {
    standing: JSON.parse(first[0]) as T,
    async release() {
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      process.off('exit', gone);
      if (code !== 0) throw new Error(`the load ${name} ended with ${code}`);
    },
  };
}
