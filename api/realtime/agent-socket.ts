/** One screen of an agent: what it watches, and what it may still see of that. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type {
  AgentChanged,
  AgentClientEvents,
  AgentServerEvents,
  conversationSubscription,
  ListRef,
  presenceNews,
} from '../../contracts/realtime';
import { AppError } from '../../core/errors';
import { conversationFor, queuesOf } from '../../db/access';
import { readChanges, type ConversationChanges } from '../../db/conversation/changes';
import type { Ephemeral } from '../../db/ephemeral';
import type { ConversationView } from '../../db/conversation/views';
import type { ApiDeps } from '../deps';
import type { Actor } from '../request-context';
import type { Watch } from './conversation-watches';
import { cutOff, keepsUp } from './guarded-emit';
import type { Hub } from './hub';
import type { ListChange } from './list-watches';

export type AgentIo = Socket<AgentClientEvents, AgentServerEvents>;

/** More than any screen shows. */
const MOST_CONVERSATIONS = 200;
const MOST_LISTS = 100;

interface Subscription {
  watch: Watch | null;
  /** What the right to see it was last judged by. */
  judgedBy: string;
  /** Changes go out one after the other, each after its check. */
  tail: Promise<void>;
}

export class AgentSocket {
  private readonly conversations = new Map<string, Subscription>();
  private readonly lists = new Map<string, { ref: ListRef; watch: Watch }>();
  /** Conversations in which this agent was announced. */
  private readonly announced = new Set<string>();
  /** Queues whose rows may be shown; null means all. */
  private scope: ReadonlySet<string> | null = new Set();

  constructor(
    private readonly deps: ApiDeps,
    private readonly hub: Hub,
    private readonly socket: AgentIo,
    private actor: Actor,
  ) {}

  get agentId(): string {
    return this.actor.id;
  }

  async watchConversation(wanted: z.infer<typeof conversationSubscription>): Promise<number> {
    const { conversationId: id, rev } = wanted;
    await conversationFor(this.deps.db, this.actor, id, 'see');
    const changes = await readChanges(this.deps.db, id, rev);
    if (!changes) throw new AppError('NOT_FOUND');
    if (rev > changes.rev) throw new AppError('SEQUENCE_GAP', { rev: changes.rev });
    this.leaveConversation(id);
    if (this.conversations.size >= MOST_CONVERSATIONS) throw new AppError('RATE_LIMITED');
    const subscription: Subscription = { watch: null, judgedBy: '', tail: Promise.resolve() };
    this.conversations.set(id, subscription);
    subscription.watch = this.hub.watchConversation(id, rev, (news) =>
      this.follow(id, subscription, news),
    );
    return changes.rev;
  }

  leaveConversation(id: string): void {
    this.conversations.get(id)?.watch?.close();
    this.conversations.delete(id);
    if (this.announced.has(id)) this.say(id, 'away');
  }

  async watchList(ref: ListRef): Promise<void> {
    await this.mustSeeList(ref);
    this.leaveList(ref);
    if (this.lists.size >= MOST_LISTS) throw new AppError('RATE_LIMITED');
    const line = ref.list === 'queue' && this.actor.role === 'agent';
    const watch = await this.hub.watchList(line ? 'line' : ref.list, ref.id, (change) =>
      this.tellList(ref, change),
    );
    if (this.socket.disconnected) watch.close();
    else this.lists.set(nameOf(ref), { ref, watch });
  }

  leaveList(ref: ListRef): void {
    this.lists.get(nameOf(ref))?.watch.close();
    this.lists.delete(nameOf(ref));
  }

  /** Tells the others who look at a conversation that this agent does, too. Only of what is watched. */
  present({ conversationId, state }: z.infer<typeof presenceNews>): void {
    if (!this.conversations.has(conversationId)) throw new AppError('NOT_FOUND');
    this.say(conversationId, state);
  }

  /** Something short-lived about a conversation, for whoever looks at it. */
  hear(news: Ephemeral): void {
    const { conversationId } = news;
    if (!this.conversations.has(conversationId) || !this.keepsUp()) return;
    if (news.kind === 'agentPresence') {
      const { agentId, state } = news;
      if (agentId === this.actor.id) return;
      this.socket.volatile.emit('agent.presence', { conversationId, agentId, state });
      return;
    }
    const held = this.hub.current(conversationId);
    const owns = held?.placement === 'assigned' && held.ownerId === this.actor.id;
    const text = owns ? (news.text ?? null) : null;
    this.socket.volatile.emit('visitor.typing', { conversationId, typing: news.typing, text });
  }

  watchesAgent(agentId: string): boolean {
    return this.lists.has(nameOf({ list: 'agent', id: agentId }));
  }

  tellAgent(change: AgentChanged): void {
    if (this.keepsUp()) this.socket.emit('agent.changed', change);
  }

  /** Takes over who the agent is now, and drops what may no longer be seen. */
  async become(actor: Actor): Promise<void> {
    const promoted = actor.role !== this.actor.role;
    this.actor = actor;
    this.scope = await queuesOf(this.deps.db, actor);
    for (const { ref } of [...this.lists.values()]) {
      const may = promoted ? false : await this.sees(this.mustSeeList(ref));
      if (may) continue;
      this.leaveList(ref);
      this.socket.emit('list.gone', ref);
    }
    for (const [id, subscription] of this.conversations) {
      subscription.judgedBy = '';
      const view = this.hub.current(id);
      if (view) this.queue(id, subscription, view, null);
    }
  }

  close(): void {
    for (const id of [...this.conversations.keys()]) this.leaveConversation(id);
    for (const { ref } of [...this.lists.values()]) this.leaveList(ref);
  }

  private follow(id: string, subscription: Subscription, changes: ConversationChanges): void {
    this.queue(id, subscription, changes.conversation, changes);
  }

  private queue(
    id: string,
    subscription: Subscription,
    view: ConversationView,
    changes: ConversationChanges | null,
  ): void {
    subscription.tail = subscription.tail
      .then(async () => {
        if (this.conversations.get(id) !== subscription) return;
        if (!(await this.stillSees(id, subscription, view))) {
          this.leaveConversation(id);
          this.socket.emit('conversation.gone', { conversationId: id });
        } else if (changes && this.keepsUp()) {
          this.socket.emit('conversation.changed', changes);
        }
      })
      .catch((error: unknown) => {
        // Whether it may be shown cannot be told now: the client comes back and asks again.
        this.deps.log.warn({ err: error }, 'a stream was cut');
        cutOff(this.socket.conn);
      });
  }

  /** Asks the database only where the conversation has changed hands or places. */
  private async stillSees(
    id: string,
    subscription: Subscription,
    view: ConversationView,
  ): Promise<boolean> {
    const { ownerId, queueId, status, placement, listedAgentId, transferToId } = view;
    const judgedBy = [ownerId, queueId, status, placement, listedAgentId, transferToId].join('/');
    if (judgedBy === subscription.judgedBy) return true;
    const mine = ownerId === this.actor.id || this.actor.role === 'admin';
    const sees = mine || (await this.sees(conversationFor(this.deps.db, this.actor, id, 'see')));
    if (sees) subscription.judgedBy = judgedBy;
    return sees;
  }

  private tellList(ref: ListRef, { conversationId, rev, left, view }: ListChange): void {
    const mine = [view.ownerId, view.listedAgentId, view.transferToId].includes(this.actor.id);
    const shown = mine || this.scope === null || this.scope.has(view.queueId);
    if ((!left && !shown) || !this.keepsUp()) return;
    const conversation = left ? null : view;
    this.socket.emit('list.changed', { ...ref, conversationId, rev, left, conversation });
  }

  private async mustSeeList({ list, id }: ListRef): Promise<void> {
    this.scope = await queuesOf(this.deps.db, this.actor);
    if (list === 'agent') {
      if (this.actor.role === 'agent' && id !== this.actor.id) throw new AppError('NOT_FOUND');
    } else if (this.scope !== null && !this.scope.has(id)) throw new AppError('NOT_FOUND');
  }

  private keepsUp(): boolean {
    return keepsUp(this.deps, this.socket);
  }

  private async sees(check: Promise<unknown>): Promise<boolean> {
    try {
      await check;
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  private say(conversationId: string, state: 'viewing' | 'typing' | 'away'): void {
    const agentId = this.actor.id;
    if (state === 'away') this.announced.delete(conversationId);
    else this.announced.add(conversationId);
    this.hub.publishEphemeral({ kind: 'agentPresence', conversationId, agentId, state });
  }
}

const nameOf = (ref: ListRef): string => `${ref.list}:${ref.id}`;
