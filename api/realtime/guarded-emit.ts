import type { Socket } from 'socket.io';
import type { ApiDeps } from '../deps';

/** What may wait for a client to read. One that reads nothing would otherwise fill our memory. */
const MOST_PACKETS = 256;
const MOST_CHARACTERS = 262_144;

type Connection = Pick<Socket['conn'], 'close'>;

/** True where the client keeps up. One that does not is cut: it comes back and asks for what it missed. */
export function keepsUp(
  { metrics, log }: Pick<ApiDeps, 'metrics' | 'log'>,
  socket: { readonly conn: Connection; readonly nsp: { readonly name: string } },
): boolean {
  const { packets, characters } = waitingFor(socket.conn);
  if (packets <= MOST_PACKETS && characters <= MOST_CHARACTERS) return true;
  cutOff(socket.conn);
  const namespace = socket.nsp.name;
  metrics.socketsCut.inc({ namespace });
  log.info({ namespace, packets, characters }, 'a client does not read');
  return false;
}

/** What a connection has not been able to pass on to the system, beside what is under way. */
export function waitingFor(conn: Connection): { packets: number; characters: number } {
  const waiting = (conn as unknown as { writeBuffer: readonly { data?: unknown }[] }).writeBuffer;
  let characters = 0;
  for (const { data } of waiting) characters += typeof data === 'string' ? data.length : 0;
  return { packets: waiting.length, characters };
}

/**
 * Ends a connection as a broken cable does: its client comes back by itself, which it would not after a goodbye. And a
 * goodbye waits until everything before it is read: for a client that does not read, that would stay in memory.
 */
export function cutOff(conn: Connection): void {
  const { transport } = conn as unknown as {
    transport: { socket?: { terminate?: () => void } };
  };
  conn.close(true);
  transport.socket?.terminate?.();
}
