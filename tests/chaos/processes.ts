/** The product's processes: started, killed, and started again, until the run ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CrashPoints } from './crash-list';

export type Kind = 'api' | 'worker' | 'relay';

export interface ProcessOptions {
  readonly name: string;
  readonly kind: Kind;
  /** Path of the script below the run's own copy of dist/. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Where it says that it is ready. */
  readonly readyUrl: string;
  readonly crashPoints: CrashPoints;
  /** Told of every end that nobody asked for. */
  readonly onEnd: (kind: Kind, how: string) => void;
}

/** A process that, once started, comes back a moment after it has ended, however it ended. */
export class KeptProcess {
  private child: ChildProcess | null = null;
  private wanted = true;
  private killed = false;
  private again: NodeJS.Timeout | null = null;

  constructor(readonly options: ProcessOptions) {}

  get kind(): Kind {
    return this.options.kind;
  }

  /** Ends it at once, without a word. False where it does not run. */
  kill(): boolean {
    if (!this.child || this.child.exitCode !== null) return false;
    this.killed = true;
    return this.child.kill('SIGKILL');
  }

  /** Whether it answers its readiness probe. */
  async isReady(): Promise<boolean> {
    try {
      return (await fetch(this.options.readyUrl, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  /** Ends it for good: politely, then not. */
  async stop(): Promise<void> {
    this.wanted = false;
    if (this.again) clearTimeout(this.again);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 25_000);
    await ended;
    clearTimeout(late);
  }

  /** Starts it, armed with what the list of crash points has for it. */
  start(): void {
    const { name, kind, script, env, folder, crashPoints } = this.options;
    const armed = crashPoints.arm(kind);
    const flags = ['--require', crashPoints.preload];
    const log = join(folder, 'logs', `${name}.log`);
    const child = spawn(process.execPath, [...flags, join(folder, 'dist', script)], {
      cwd: folder,
      env: { ...env, ...(armed ? { SWITCHYARD_CRASH_AT: armed } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.killed = false;
    let crashed: string | null = null;
    const hear = (chunk: Buffer): void => {
      appendFileSync(log, chunk);
      crashed = /^crash point (\S+)$/m.exec(String(chunk))?.[1] ?? crashed;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', (code, signal) => {
      if (!this.wanted) return;
      if (crashed) crashPoints.reached(crashed);
      else if (armed) crashPoints.escaped(armed);
      const how = crashed
        ? `crash point ${crashed}`
        : this.killed
          ? 'killed'
          : `${signal ?? `code ${code}`}`;
      this.options.onEnd(kind, how);
      this.again = setTimeout(() => this.start(), 200);
    });
  }
}
