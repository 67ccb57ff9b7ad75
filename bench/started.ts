/** The product as `npm start` runs it, in a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SECRET } from './ground';

export interface Started {
  /** From the start of the command until its addresses were printed. */
  readonly readyMs: number;
  readonly url: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Process ids by what they are. */
  readonly pids: { readonly starter: number; readonly api: number; readonly workers: number };
  stop(): Promise<void>;
}

/** What run.json says. */
interface Facts {
  readonly pid: number;
  readonly url: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}

/** The checkout whose bench/run.mjs this is. */
const checkout = (): string => dirname(dirname(process.argv[1] ?? ''));

/** Starts it on `home` and waits for the addresses, which it prints once everything answers. */
export async function npmStart(home: string): Promise<Started> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: checkout(),
    env: { ...process.env, SWITCHYARD_HOME: home, SWITCHYARD_SECRET: SECRET, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = (): boolean => child.kill('SIGTERM');
  process.once('exit', gone);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ctrl-C stops it.')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)));
  });
  const readyMs = performance.now() - began;
  const run = read<Facts>(join(home, 'run.json'));
  const services = read<{ pid: number }[]>(join(home, 'services.json'));
  const [api = 0, workers = 0] = services.map(({ pid }) => pid);
  return {
    readyMs,
    url: run.url,
    databaseUrl: run.databaseUrl,
    temporalAddress: run.temporalAddress,
    pids: { starter: run.pid, api, workers },
    async stop() {
      process.off('exit', gone);
      const ended = once(child, 'exit');
      process.kill(run.pid, 'SIGTERM');
      await ended;
    },
  };
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
