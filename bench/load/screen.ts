/** The screen of an agent, as the web app opens it. */
import { io, type Socket } from 'socket.io-client';
import type { Ack, AgentClientEvents, AgentServerEvents, ListRef } from '../../contracts/realtime';

export type Screen = Socket<AgentServerEvents, AgentClientEvents>;

/** Connects with a session token. @throws Error that says what the API answered */
export async function openScreen(url: string, token: string): Promise<Screen> {
  const screen: Screen = io(`${url}/agent`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { token },
  });
  await new Promise<void>((resolve, reject) => {
    screen.on('connect', resolve);
    screen.on('connect_error', reject);
  });
  return screen;
}

/** @throws Error with the code of a refusal */
export async function watchList(screen: Screen, list: ListRef): Promise<void> {
  must(await screen.emitWithAck('list.subscribe', list));
}

/** @throws Error with the code of a refusal */
export async function watchConversation(screen: Screen, conversationId: string): Promise<void> {
  must(await screen.emitWithAck('conversation.subscribe', { conversationId, rev: 0 }));
}

function must(ack: Ack): void {
  if (!ack.ok) throw new Error(`a screen was refused: ${ack.code}`);
}
