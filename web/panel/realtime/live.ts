/** The stream of news: one connection, what is watched by it, and how it heals after a gap. */
import { io, type Socket } from 'socket.io-client';
import type {
  Ack,
  AGENT_NAMESPACE,
  AgentClientEvents,
  AgentServerEvents,
  ListRef,
} from '../../../contracts/realtime';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';
import {
  applyNews,
  conversationKey,
  revOf,
  type LiveNews,
  type OpenConversation,
} from './live-cache';

type AgentSocket = Socket<AgentServerEvents, AgentClientEvents>;
type Typing = Parameters<AgentServerEvents['visitor.typing']>[0];
type Presence = Parameters<AgentServerEvents['agent.presence']>[0];

/** What is not kept: who types and who looks. */
export type Ephemeral =
  ({ readonly kind: 'typing' } & Typing) | ({ readonly kind: 'presence' } & Presence);

const namespace: typeof AGENT_NAMESPACE = '/agent';

export class Live {
  private readonly socket: AgentSocket;
  private readonly lists = new Map<string, { ref: ListRef; watchers: number }>();
  private readonly conversations = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(news: Ephemeral) => void>();
  private readonly appliers = new Set<(news: LiveNews) => void>();
  /** Since when there is no connection; null while there is one. */
  private awaySince: number | null = Date.now();

  constructor(
    private readonly me: string,
    /** The session is over. */
    private readonly refused: () => void,
  ) {
    this.socket = io(namespace, {
      transports: ['websocket', 'polling'],
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 30_000,
      randomizationFactor: 0.5,
      autoConnect: false,
    });
    this.listen();
    this.socket.connect();
    window.addEventListener('online', this.hurry);
    window.addEventListener('focus', this.hurry);
  }

  close(): void {
    window.removeEventListener('online', this.hurry);
    window.removeEventListener('focus', this.hurry);
    this.socket.disconnect();
  }

  /** For useSyncExternalStore: tells when the connection comes and goes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly disconnectedSince = (): number | null => this.awaySince;

  /** Hears who types and who looks. */
  onEphemeral(hear: (news: Ephemeral) => void): () => void {
    this.hearers.add(hear);
    return () => void this.hearers.delete(hear);
  }

  /** Hears each piece of news before it is applied, so that it can be compared with what is held. */
  onNews(hear: (news: LiveNews) => void): () => void {
    this.appliers.add(hear);
    return () => void this.appliers.delete(hear);
  }

  /** Keeps a list fresh until the returned function is called. */
  watchList(ref: ListRef): () => void {
    const name = `${ref.list}:${ref.id}`;
    const held = this.lists.get(name) ?? { ref, watchers: 0 };
    held.watchers++;
    this.lists.set(name, held);
    if (held.watchers === 1 && this.socket.connected) void this.subscribeList(ref);
    return () => {
      if (--held.watchers > 0) return;
      this.lists.delete(name);
      if (this.socket.connected) this.socket.emit('list.unsubscribe', ref, () => undefined);
    };
  }

  /** Keeps a conversation that the cache holds fresh until the returned function is called. */
  watchConversation(id: string): () => void {
    const watchers = (this.conversations.get(id) ?? 0) + 1;
    this.conversations.set(id, watchers);
    if (watchers === 1 && this.socket.connected) void this.subscribeConversation(id);
    return () => {
      const left = (this.conversations.get(id) ?? 1) - 1;
      if (left > 0) return void this.conversations.set(id, left);
      this.conversations.delete(id);
      if (this.socket.connected) {
        this.socket.emit('conversation.unsubscribe', { conversationId: id }, () => undefined);
      }
    };
  }

  /** Tells the others what we do in a conversation. Lost where there is no connection. */
  present(conversationId: string, state: 'viewing' | 'typing' | 'away'): void {
    if (!this.socket.connected || !this.conversations.has(conversationId)) return;
    this.socket.emit('presence', { conversationId, state });
  }

  private readonly hurry = (): void => {
    if (!this.socket.connected) this.socket.connect();
  };

  private listen(): void {
    this.socket.on('connect', () => {
      this.setAway(null);
      for (const { ref } of this.lists.values()) void this.subscribeList(ref);
      for (const id of this.conversations.keys()) void this.subscribeConversation(id);
    });
    this.socket.on('disconnect', (reason) => {
      this.setAway(Date.now());
      // The server has closed it: the session may be over. Whether it is, the API says.
      if (reason === 'io server disconnect') void this.lookWhetherSignedIn();
    });
    this.socket.on('connect_error', (error) => {
      if (this.awaySince === null) this.setAway(Date.now());
      const code = (error as { data?: { code?: string } }).data?.code;
      if (code === 'UNAUTHENTICATED') this.refused();
      else if (!this.socket.active) setTimeout(this.hurry, 2_000);
    });
    this.socket.on('list.changed', (change) => this.take({ kind: 'list', change }));
    this.socket.on('conversation.changed', (changes) =>
      this.take({ kind: 'conversation', changes }),
    );
    this.socket.on('conversation.gone', ({ conversationId }) =>
      this.take({ kind: 'gone', conversationId }),
    );
    this.socket.on('agent.changed', (change) => this.take({ kind: 'agent', change }));
    this.socket.on('list.gone', () => {
      void queryClient.invalidateQueries({ queryKey: ['queues'] });
      void queryClient.invalidateQueries({ queryKey: ['conversations'] });
      void queryClient.invalidateQueries({ queryKey: ['session'] });
    });
    this.socket.on('visitor.typing', (news) => this.hear({ kind: 'typing', ...news }));
    this.socket.on('agent.presence', (news) => this.hear({ kind: 'presence', ...news }));
  }

  private hear(news: Ephemeral): void {
    for (const hear of this.hearers) hear(news);
  }

  private take(news: LiveNews): void {
    for (const hear of this.appliers) hear(news);
    const result = applyNews(queryClient, news, this.me);
    if (result === 'gap' && news.kind === 'conversation') {
      void this.catchUp(news.changes.conversationId);
    }
  }

  /** Everything since the answer is told, so the lists are read after it. */
  private async subscribeList(ref: ListRef): Promise<void> {
    const ack = await this.ask((answer) => this.socket.emit('list.subscribe', ref, answer));
    if (!ack.ok) return;
    await queryClient.invalidateQueries({ queryKey: ['conversations'] });
    if (ref.list === 'agent') await queryClient.invalidateQueries({ queryKey: ['agent', ref.id] });
  }

  private async subscribeConversation(id: string): Promise<void> {
    const rev = revOf(queryClient, id);
    if (rev === undefined) return;
    const ack = await this.ask<{ readonly rev: number }>((answer) =>
      this.socket.emit('conversation.subscribe', { conversationId: id, rev }, answer),
    );
    if (!ack.ok) await queryClient.invalidateQueries({ queryKey: conversationKey(id) });
  }

  /** What was missed, by the rev that is held; where that is too much, the conversation afresh. */
  private async catchUp(id: string): Promise<void> {
    const key = conversationKey(id);
    const held = queryClient.getQueryData<OpenConversation>(key);
    if (!held) return;
    try {
      const params = { id };
      const changes = await call('getChanges', {
        params,
        query: { after: held.conversation.rev },
      });
      const result = applyNews(queryClient, { kind: 'conversation', changes }, this.me);
      if (result === 'applied') return;
    } catch {
      // Read afresh instead.
    }
    await queryClient.invalidateQueries({ queryKey: key });
  }

  private async lookWhetherSignedIn(): Promise<void> {
    try {
      await call('getCurrentSession');
      this.hurry();
    } catch (error) {
      if ((error as { code?: string }).code === 'UNAUTHENTICATED') this.refused();
      else setTimeout(this.hurry, 2_000);
    }
  }

  private ask<T>(send: (answer: (ack: Ack<T>) => void) => void): Promise<Ack<T>> {
    return new Promise((resolve) => send(resolve));
  }

  private setAway(since: number | null): void {
    if (since !== null && this.awaySince !== null) return;
    this.awaySince = since;
    for (const listener of this.listeners) listener();
  }
}
