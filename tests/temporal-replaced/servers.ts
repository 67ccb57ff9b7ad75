/** Temporal servers of the test's own, one after the other at the same address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Kind = 'embedded' | 'production';

export class Servers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'switchyard-replaced-'));
  private host: ChildProcess | null = null;
  private pid = 0;
  /** host:port, from the first start on. */
  address = '';

  constructor() {
    chmodSync(this.folder, 0o755);
  }

  /** Starts one with an empty store. */
  async start(kind: Kind): Promise<void> {
    const words = [kind, this.folder, this.address.split(':')[1] ?? ''];
    const host = spawn(process.execPath, [join(__dirname, 'serve-temporal.mjs'), ...words], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.host = host;
    const said = once(createInterface({ input: host.stdout }), 'line');
    const line = await Promise.race([said, once(host, 'exit').then(() => null)]);
    if (!line) throw new Error(`The ${kind} Temporal server did not start.`);
    const { address, pid } = JSON.parse(String(line[0])) as { address: string; pid: number };
    if (this.address && address !== this.address) throw new Error(`Its port was taken: ${address}`);
    this.address = address;
    this.pid = pid;
  }

  /** Kills the running one with SIGKILL and deletes all that it had stored. */
  async lose(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.gone();
    // Its ports are remembered in another file, which stays.
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(this.folder, `temporal.db${end}`), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.gone();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async gone(): Promise<void> {
    const { host } = this;
    if (!host) return;
    const ended = once(host, 'exit');
    host.stdin?.end();
    if (host.exitCode === null) await ended;
    this.host = null;
  }
}
