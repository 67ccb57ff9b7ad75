import type { Socket } from 'socket.io';

/** Packets that may wait for a client to read. One that reads nothing would otherwise fill our memory. */
const MOST_WAITING = 256;

/** True where the client keeps up. One that does not is disconnected: it comes back and asks for what it missed. */
export function keepsUp(socket: Pick<Socket, 'conn' | 'disconnect'>): boolean {
  const waiting = socket.conn['writeBuffer'] as unknown[];
  if (waiting.length <= MOST_WAITING) return true;
  socket.disconnect(true);
  return false;
}
