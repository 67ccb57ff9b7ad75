/** So many sockets that say what they want to follow, and then are quiet until the end. */
import { RawSocket } from './raw-socket';
import { readConfig } from './standard';

export interface SocketsConfig {
  readonly url: string;
  readonly namespace: '/visitor' | '/agent';
  readonly origin?: string | undefined;
  readonly sockets: readonly {
    readonly token: string;
    readonly event: string;
    readonly payload: object;
  }[];
}

export interface SocketsStanding {
  readonly open: number;
  readonly seconds: number;
}

const AT_ONCE = 40;

async function main(): Promise<void> {
  const { url, namespace, origin, sockets } = await readConfig<SocketsConfig>();
  const began = performance.now();
  const left = [...sockets];
  const all: RawSocket[] = [];
  const connect = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) {
      const socket = await RawSocket.open(url, namespace, { auth: { token: next.token }, origin });
      await socket.ask(next.event, next.payload);
      all.push(socket);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, connect));
  process.once('SIGTERM', () => {
    const gone = all.filter((socket) => !socket.isOpen).length;
    if (gone > 0) process.stderr.write(`${gone} of ${all.length} sockets were closed\n`);
    process.exit(gone > 0 ? 1 : 0);
  });
  const seconds = (performance.now() - began) / 1_000;
  const standing: SocketsStanding = { open: all.length, seconds };
  process.stdout.write(`${JSON.stringify(standing)}\n`);
}

void main();
