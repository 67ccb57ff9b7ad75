/**
 * A Socket.IO client over WebSocket that costs little more than its connection, so that thousands fit into a process.
 * It answers pings and hears the answers to what it asks; all else it forgets.
 */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

const HANDSHAKE =
  'Host: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

interface Expected {
  readonly start: string;
  readonly resolve: (packet: string) => void;
  readonly reject: (error: Error) => void;
}

export class RawSocket {
  isOpen = true;
  private rest: Buffer | null = null;
  private expected: Expected | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly namespace: string,
  ) {
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isOpen = false;
      this.expected?.reject(new Error('the connection was closed'));
    });
  }

  /** Connects to a namespace, with what goes into `auth`. @throws Error with what was answered instead */
  static async open(
    url: string,
    namespace: string,
    options: { readonly auth: object; readonly origin?: string | undefined },
  ): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    await once(socket, 'connect');
    const origin = options.origin ? `Origin: ${options.origin}\r\n` : '';
    socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${HANDSHAKE}${origin}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    const end = answer.indexOf('\r\n\r\n') + 4;
    if (!answer.subarray(0, end).toString('latin1').startsWith('HTTP/1.1 101')) {
      socket.destroy();
      throw new Error(`no WebSocket: ${answer.toString('latin1').slice(0, 200)}`);
    }
    const raw = new RawSocket(socket, namespace);
    const standing = raw.expect(`40${namespace},`);
    if (end < answer.length) raw.take(answer.subarray(end));
    raw.send(`40${namespace},${JSON.stringify(options.auth)}`);
    await standing;
    return raw;
  }

  /** Sends an event and resolves with its acknowledgement. @throws Error where it is a refusal */
  async ask(event: string, payload: object): Promise<void> {
    const answered = this.expect(`43${this.namespace},0`);
    this.send(`42${this.namespace},0${JSON.stringify([event, payload])}`);
    const answer = await answered;
    if (!answer.includes('"ok":true')) throw new Error(`refused: ${answer}`);
  }

  close(): void {
    this.socket.destroy();
  }

  private expect(start: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.expected = { start, resolve, reject };
    });
  }

  private take(chunk: Buffer): void {
    let data = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = null;
    for (;;) {
      const frame = frameOf(data);
      if (!frame) break;
      this.hear(data.toString('utf8', frame.from, frame.to));
      data = data.subarray(frame.to);
    }
    // A copy: a part of what the system gave would hold all of it.
    if (data.length > 0) this.rest = Buffer.from(data);
  }

  private hear(packet: string): void {
    if (packet === '2') return this.send('3');
    if (packet.startsWith('44')) {
      this.expected?.reject(new Error(`refused: ${packet}`));
      this.expected = null;
    } else if (this.expected && packet.startsWith(this.expected.start)) {
      const { resolve } = this.expected;
      this.expected = null;
      resolve(packet);
    }
  }

  /** A text frame, masked by zeros: what clients send must be masked, by whatever they like. */
  private send(packet: string): void {
    const body = Buffer.from(packet);
    const head = body.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
    head[0] = 0x81;
    if (body.length < 126) head[1] = 0x80 | body.length;
    else {
      head[1] = 0x80 | 126;
      head.writeUInt16BE(body.length, 2);
    }
    this.socket.write(Buffer.concat([head, body]));
  }
}

/** Where the first frame's content begins and ends; null where not all of it is there. */
function frameOf(data: Buffer): { from: number; to: number } | null {
  if (data.length < 2) return null;
  let length = (data[1] ?? 0) & 0x7f;
  let from = 2;
  if (length === 126) {
    if (data.length < 4) return null;
    length = data.readUInt16BE(2);
    from = 4;
  } else if (length === 127) {
    if (data.length < 10) return null;
    length = Number(data.readBigUInt64BE(2));
    from = 10;
  }
  return data.length < from + length ? null : { from, to: from + length };
}
