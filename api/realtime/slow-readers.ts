/**
 * Keeps what waits for all sockets together within bounds: each of many slow clients may stay below its own limit and
 * the process run out of memory all the same.
 */
import type { Server } from 'socket.io';
import { cutOff, waitingFor } from './guarded-emit';

const LOOK_EVERY_MS = 1_000;
/** Characters, of one or two bytes. */
const MOST_TOGETHER = 64 * 1024 * 1024;

/** Cuts those for whom most waits, until what is left is within bounds. Returns what stops it. */
export function boundSlowReaders(io: Server, cut: () => void): () => void {
  const timer = setInterval(() => {
    const slow = connectionsOf(io)
      .map((conn) => ({ conn, characters: waitingFor(conn).characters }))
      .filter(({ characters }) => characters > 0)
      .sort((a, b) => b.characters - a.characters);
    let total = slow.reduce((sum, { characters }) => sum + characters, 0);
    for (const { conn, characters } of slow) {
      if (total <= MOST_TOGETHER) break;
      total -= characters;
      cutOff(conn);
      cut();
    }
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

type Connection = Parameters<typeof cutOff>[0];

const connectionsOf = (io: Server): Connection[] =>
  Object.values((io.engine as unknown as { clients: Record<string, Connection> }).clients);
