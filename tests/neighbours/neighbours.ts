/** Engines of a test's own, which it may stop and let go on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Neighbours {
  readonly postgres: {
    readonly url: string;
    readonly pidFile: string;
    readonly log: string;
  } | null;
  readonly temporal: { readonly address: string; readonly pid: number } | null;
  close(): Promise<void>;
}

/** Starts them; `folder` is where Postgres keeps its data, for a disk of its own. */
export async function startNeighbours(
  which: readonly ('postgres' | 'temporal')[],
  folder?: string,
): Promise<Neighbours> {
  const words = [...which.map((name) => `--${name}`), ...(folder ? [`--folder=${folder}`] : [])];
  const host = spawn(process.execPath, [join(__dirname, 'keep.mjs'), ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(host, 'exit').then(() => null);
  const line = await Promise.race([once(createInterface({ input: host.stdout }), 'line'), ended]);
  if (!line) throw new Error('The engines did not start; the reason stands above.');
  return {
    ...(JSON.parse(String(line[0])) as Pick<Neighbours, 'postgres' | 'temporal'>),
    async close() {
      host.stdin.end();
      await ended;
    },
  };
}

/** The postmaster's id, as its own file says. */
export const postmasterOf = ({ pidFile }: { readonly pidFile: string }): number =>
  Number(readFileSync(pidFile, 'utf8').split('\n')[0]);

/** Stops a process and its children where they stand. Returns what lets them go on. */
export function freeze(pid: number): () => void {
  // The parent first: it then makes no more of them.
  const frozen = [pid];
  process.kill(pid, 'SIGSTOP');
  for (const child of childrenOf(pid)) {
    process.kill(child, 'SIGSTOP');
    frozen.push(child);
  }
  return () => {
    for (const each of frozen.reverse()) process.kill(each, 'SIGCONT');
  };
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => {
      try {
        const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}
