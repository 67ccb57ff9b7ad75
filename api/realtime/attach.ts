import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ApiDeps } from '../deps';
import { agentNamespace } from './agent-namespace';
import { Gate } from './gate';
import type { Hub } from './hub';
import { boundSlowReaders } from './slow-readers';
import { visitorNamespace } from './visitor-namespace';

/** What a client may send at once: ids, and a little text. */
const MOST_BYTES = 16_384;

/**
 * Handshakes that are checked at a time, and open sockets whose rights are confirmed: thousands come at once after a
 * restart, and requests are not to stand in line behind all of them.
 */
const CHECKS_AT_ONCE = 32;

export interface Realtime {
  readonly io: Server;
  /** Disconnects everybody. The HTTP server and the hub are their owners' business. */
  close(): void;
}

/** Attaches Socket.IO to the HTTP server of the API. */
export function attachRealtime(
  server: HttpServer,
  deps: ApiDeps & { readonly hub: Hub },
): Realtime {
  const io = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: MOST_BYTES,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    // For browsers that cannot open a WebSocket and ask by HTTP. Each namespace checks the origin by itself.
    cors: {
      origin: (origin, answer) => {
        const allowed = origin ? deps.lookups.originAllowed(origin) : Promise.resolve(false);
        allowed.then(
          (yes) => answer(null, yes),
          () => answer(null, false),
        );
      },
    },
  });
  const gate = new Gate(CHECKS_AT_ONCE);
  const stopAgents = agentNamespace(io, deps, deps.hub, gate);
  const stopVisitors = visitorNamespace(io, deps, deps.hub, gate);
  const stopBounding = boundSlowReaders(io, () =>
    deps.metrics.socketsCut.inc({ namespace: 'any' }),
  );
  return {
    io,
    close() {
      stopAgents();
      stopVisitors();
      stopBounding();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
