/**
 * Requests by a schedule that waits for nobody: what is due is sent, however slow the answers are. Whoever measures
 * from the instant that a request was due also counts what it waited here.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Wire } from './raw-http';

/** Calls `send` `perSecond` times a second for so many seconds, with the instant (performance.now) it was due. */
export async function pace(
  perSecond: number,
  seconds: number,
  send: (n: number, due: number) => void,
): Promise<void> {
  const from = performance.now() + 5;
  const count = perSecond * seconds;
  for (let n = 0; n < count;) {
    const due = from + (n * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    else send(n++, due);
  }
}

/** A server closes connections that were silent for 5 s: those that come near are not used again. */
const SILENT_MS = 3_000;

/** Kept connections to one address, as many as are needed at a time. */
export class Wires {
  private free: { readonly wire: Wire; readonly since: number }[] = [];

  constructor(private readonly url: string) {}

  /**
   * Sends a whole request that may be repeated; resolves with the status of its answer. As a browser does, it asks
   * again where a kept connection turns out to be closed.
   */
  async send(request: string): Promise<number> {
    const kept = this.takeFree();
    const status = await kept?.send(request).catch(() => null);
    return kept && status ? this.keep(kept, status) : this.sendAnew(request);
  }

  /** Ends them. Nothing may be under way. */
  close(): void {
    for (const { wire } of this.free) wire.close();
    this.free = [];
  }

  private async sendAnew(request: string): Promise<number> {
    const wire = await Wire.open(this.url);
    return this.keep(wire, await wire.send(request));
  }

  private keep(wire: Wire, status: number): number {
    this.free.push({ wire, since: performance.now() });
    return status;
  }

  private takeFree(): Wire | null {
    const last = this.free.pop();
    if (!last) return null;
    if (performance.now() - last.since < SILENT_MS) return last.wire;
    // The one used last is too old, so all are.
    last.wire.close();
    this.close();
    return null;
  }
}
