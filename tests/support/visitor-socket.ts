/** A widget's socket, as socket.io-client makes it, that remembers what it was told. */
import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../../contracts/realtime';
import type { VisitorChanges } from '../../contracts/visitor';
import type { VisitorClientEvents, VisitorServerEvents } from '../../contracts/visitor-realtime';
import { WEBSITE } from './visitor';

export interface WidgetSocket {
  readonly socket: Socket<VisitorServerEvents, VisitorClientEvents>;
  readonly changes: VisitorChanges[];
  readonly typing: boolean[];
  follow(conversationId?: string | null, rev?: number): Promise<string | null>;
  type(typing: boolean, text?: string): void;
  close(): void;
}

/** Connects; rejects with the code of the refusal. */
export async function connectWidget(
  url: string,
  token: string,
  options: { origin?: string; transports?: ('websocket' | 'polling')[] } = {},
): Promise<WidgetSocket> {
  const socket: WidgetSocket['socket'] = io(`${url}/visitor`, {
    auth: { token },
    transports: options.transports ?? ['websocket'],
    extraHeaders: { Origin: options.origin ?? WEBSITE },
    forceNew: true,
    reconnection: false,
  });
  const changes: VisitorChanges[] = [];
  const typing: boolean[] = [];
  socket.on('conversation.changed', (change) => void changes.push(change));
  socket.on('agent.typing', (news) => void typing.push(news.typing));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.close();
      reject(new Error((error as Error & { data?: { code: string } }).data?.code ?? error.message));
    });
  });
  return {
    socket,
    changes,
    typing,
    async follow(conversationId = null, rev = 0) {
      const holds = conversationId === null ? { conversationId } : { conversationId, rev };
      const ack: Ack<{ readonly conversationId: string | null }> = await socket
        .timeout(5000)
        .emitWithAck('follow', holds);
      if (!ack.ok) throw new Error(ack.code);
      return ack.conversationId;
    },
    type: (on, text) => void socket.emit('typing', { typing: on, ...(text ? { text } : {}) }),
    close: () => void socket.close(),
  };
}
