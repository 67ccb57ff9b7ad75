import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Engine = 'postgres' | 'temporal' | 'bundle' | 'time-skipping';

const variableOf: Record<Engine, string> = {
  postgres: 'SWITCHYARD_TEST_PG',
  temporal: 'SWITCHYARD_TEST_TEMPORAL',
  bundle: 'SWITCHYARD_TEST_BUNDLE',
  'time-skipping': 'SWITCHYARD_TEST_TIME_SKIPPING',
};

const hosts: ChildProcess[] = ((globalThis as { engineHosts?: ChildProcess[] }).engineHosts ??= []);

/**
 * Starts what is not running yet and tells the tests by environment variables. The engines run in a
 * process of their own, which ends when its input ends: with this one, however this one ends.
 */
export async function startEngines(...engines: Engine[]): Promise<void> {
  const missing = engines.filter((engine) => process.env[variableOf[engine]] === undefined);
  if (missing.length === 0) return;
  const host = spawn(process.execPath, [join(__dirname, 'keep-engines.mjs'), ...missing], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  hosts.push(host);
  const ready = once(createInterface({ input: host.stdout }), 'line');
  const ended = once(host, 'exit').then(() => undefined);
  const answer = await Promise.race([ready, ended]);
  if (!answer) throw new Error('The engines of the tests did not start; the reason stands above.');
  Object.assign(process.env, JSON.parse(String(answer[0])));
}

/** Takes down every engine of this run and waits until they are gone. */
export async function stopEngines(): Promise<void> {
  for (const host of hosts.splice(0)) {
    const ended = once(host, 'exit');
    host.stdin?.end();
    if (host.exitCode === null) await ended;
  }
}
