/** The socket: what is new, who types, and what is caught up with after a silence. */
import { effect, signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { VisitorClientEvents, VisitorServerEvents } from '../../../contracts/visitor-realtime';
import { change, conversation, readAgain } from './conversation';
import { send } from './outbox';
import { presentToken, renew } from './session';

type Wire = Socket<VisitorServerEvents, VisitorClientEvents>;

const TYPING_LASTS_MS = 10_000;
const BANNER_AFTER_MS = 2000;
const PEEKED_EVERY_MS = 400;
const IDLE_AFTER_MS = 4000;

/** True while the server has not been heard of for some seconds. */
export const away = signal(false);
export const agentTypes = signal(false);

let wire: Wire | null = null;

/** Connects, and stays so. */
export function connect(): void {
  const socket: Wire = io('/visitor', {
    auth: (answer) => answer({ token: presentToken() }),
    reconnectionDelay: 1000,
    reconnectionDelayMax: 30_000,
  });
  wire = socket;
  let silence: ReturnType<typeof setTimeout> | undefined = setTimeout(lost, BANNER_AFTER_MS * 2);

  function lost(): void {
    away.value = true;
  }
  socket.on('connect', () => {
    clearTimeout(silence);
    silence = undefined;
    away.value = false;
    void follow();
    void send();
  });
  socket.on('disconnect', () => {
    agentTypes.value = false;
    silence ??= setTimeout(lost, BANNER_AFTER_MS);
    // Cut off by the server it does not come back by itself.
    if (!socket.active) setTimeout(() => socket.connect(), BANNER_AFTER_MS);
  });
  socket.on('connect_error', (error) => {
    silence ??= setTimeout(lost, BANNER_AFTER_MS);
    if (socket.active) return;
    const { code } = (error as { data?: { code?: string } }).data ?? {};
    const again = (): void => void socket.connect();
    if (code !== 'UNAUTHENTICATED') setTimeout(again, 10_000);
    else renew().then(again, () => setTimeout(again, 10_000));
  });
  socket.on('conversation.changed', (news) => {
    if (!change(news)) void readAgain().catch(() => undefined);
  });
  let over: ReturnType<typeof setTimeout> | undefined;
  socket.on('agent.typing', ({ conversationId, typing }) => {
    if (conversationId !== conversation.value?.id) return;
    clearTimeout(over);
    agentTypes.value = typing;
    if (typing) over = setTimeout(() => (agentTypes.value = false), TYPING_LASTS_MS);
  });
  addEventListener('online', () => socket.connect());
}

/** Says what we hold, so that we are told the rest. */
export async function follow(): Promise<void> {
  const held = conversation.value;
  const holds = held ? { conversationId: held.id, rev: held.rev } : { conversationId: null };
  await wire
    ?.timeout(10_000)
    .emitWithAck('follow', holds)
    .catch(() => undefined);
}

/** Connects anew, as whoever the session now names. */
export function reconnect(): void {
  wire?.disconnect().connect();
}

let idle: ReturnType<typeof setTimeout> | undefined;
let toldAt = 0;
let later: ReturnType<typeof setTimeout> | undefined;

/** Tells the agent that the visitor types, and what where `text` is given. Over by itself after a while. */
export function type(text: string | undefined): void {
  clearTimeout(idle);
  idle = setTimeout(stopTyping, IDLE_AFTER_MS);
  const tell = (): void => {
    later = undefined;
    toldAt = Date.now();
    wire?.volatile.emit('typing', { typing: true, ...(text ? { text } : {}) });
  };
  clearTimeout(later);
  later = setTimeout(tell, Math.max(0, toldAt + PEEKED_EVERY_MS - Date.now()));
}

export function stopTyping(): void {
  clearTimeout(idle);
  clearTimeout(later);
  if (toldAt === 0) return;
  toldAt = 0;
  wire?.volatile.emit('typing', { typing: false });
}

effect(() => {
  if (conversation.value?.status === 'closed') agentTypes.value = false;
});
