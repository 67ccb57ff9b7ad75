/**
 * HTTP/1.1 over a kept connection, one request at a time, as cheap as it can be: the machine is shared with what is
 * measured.
 */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

export class Wire {
  private readonly socket: Socket;
  private received = '';
  private answered: ((status: number) => void) | null = null;
  private failed: ((error: Error) => void) | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.hear(chunk));
    socket.on('error', (error) => this.failed?.(error));
    socket.on('close', () => this.failed?.(new Error('the connection was closed')));
  }

  static async open(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Wire(socket);
  }

  /** Sends a whole request; resolves with the status once all of its answer is here. */
  send(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answered = resolve;
      this.failed = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.failed = null;
    this.socket.destroy();
  }

  private hear(chunk: string): void {
    this.received += chunk;
    const head = this.received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(this.received) ?? [];
    if (length === undefined) throw new Error(`an answer of unknown length: ${this.received}`);
    if (this.received.length < head + 4 + Number(length)) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.answered?.(status);
  }
}
