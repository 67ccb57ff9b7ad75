import { io, type Socket } from 'socket.io-client';
import { AGENT_NAMESPACE } from '../../contracts/realtime';

/** The stream of somebody who works here; not connected yet, and never again once it is cut. */
export const agentSocket = (url: string, token: string): Socket =>
  io(`${url}${AGENT_NAMESPACE}`, {
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
  });
