/** One browser of a visitor: the conversation that it follows, and what is said between the lines. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type {
  visitorTyping,
  VisitorClientEvents,
  VisitorHolds,
  VisitorServerEvents,
} from '../../contracts/visitor-realtime';
import type { Ephemeral } from '../../db/ephemeral';
import { currentConversation, readChangesForVisitor } from '../../db/messages/visitor';
import type { ApiDeps } from '../deps';
import type { KnownVisitor } from '../visitor-of-request';
import type { Watch } from './conversation-watches';
import { cutOff, keepsUp } from './guarded-emit';
import type { Hub } from './hub';
import { Throttle } from './throttle';

export type VisitorIo = Socket<VisitorClientEvents, VisitorServerEvents>;

/** Every key that a visitor presses is an event; this many reach the agent in a second. */
const TYPING_EVERY_MS = 250;
/** As much of a draft as an agent can take in at a glance. */
const MOST_PEEKED = 1000;

type Typing = z.infer<typeof visitorTyping>;

interface Followed {
  readonly id: string;
  readonly watch: Watch;
  /** What this browser has been told. */
  rev: number;
}

export class VisitorSocket {
  private followed: Followed | null = null;
  private identityId: string | null;
  private readonly peeked: boolean;
  private closed = false;
  private typing = false;
  /** Reads go out one after the other, so that revs never go back. */
  private tail: Promise<void> = Promise.resolve();
  private readonly throttle = new Throttle<Typing>(TYPING_EVERY_MS, (news) => this.say(news));

  constructor(
    private readonly deps: ApiDeps,
    private readonly hub: Hub,
    private readonly socket: VisitorIo,
    private readonly who: KnownVisitor,
  ) {
    this.identityId = who.identity?.id ?? null;
    this.peeked = who.channel.settings['sneakPeek'] === true;
  }

  /** Follows the visitor's present conversation, from what the browser holds of it. Returns its id. */
  async follow(holds: VisitorHolds): Promise<string | null> {
    const identityId = await this.identity();
    const id = identityId && (await currentConversation(this.deps.db, identityId));
    if (!id || this.closed) return null;
    const rev = holds.conversationId === id ? holds.rev : 0;
    this.leave();
    // The hub only says that there is something new: what a visitor may read of it is read apart.
    const watch = this.hub.watchConversation(id, rev, () => this.tell());
    this.followed = { id, watch, rev };
    this.tell();
    return id;
  }

  /** Passes on that the visitor types, and what; not more often than an agent can follow. */
  type(news: Typing): void {
    this.throttle.push(news);
  }

  /** Tells the visitor that the agent who holds the conversation types. */
  hear(news: Ephemeral): void {
    const { followed } = this;
    if (news.kind !== 'agentPresence' || news.conversationId !== followed?.id) return;
    const now = this.hub.current(followed.id);
    if (now?.placement !== 'assigned' || now.ownerId !== news.agentId) return;
    const typing = news.state === 'typing';
    if (keepsUp(this.deps, this.socket)) {
      this.socket.emit('agent.typing', { conversationId: followed.id, typing });
    }
  }

  close(): void {
    this.closed = true;
    this.throttle.stop();
    if (this.typing) this.say({ typing: false });
    this.leave();
  }

  private leave(): void {
    this.followed?.watch.close();
    this.followed = null;
  }

  private async identity(): Promise<string | null> {
    const { channel, visitor } = this.who;
    this.identityId ??=
      (await this.deps.lookups.identity(channel.id, visitor.externalId))?.id ?? null;
    return this.identityId;
  }

  private say({ typing, text }: Typing): void {
    const { followed } = this;
    if (!followed) return;
    this.typing = typing;
    this.hub.publishEphemeral({
      kind: 'visitorTyping',
      conversationId: followed.id,
      typing,
      // Read over a shoulder only where the channel says so, and its page says it to the visitor.
      text: typing && this.peeked ? text?.slice(0, MOST_PEEKED) : undefined,
    });
  }

  private tell(): void {
    this.tail = this.tail
      .then(() => this.tellNow())
      .catch((error: unknown) => {
        this.deps.log.warn({ err: error }, 'telling a visitor');
        // It comes back, says what it holds and gets the rest.
        cutOff(this.socket.conn);
      });
  }

  private async tellNow(): Promise<void> {
    const { followed, identityId } = this;
    if (!followed || !identityId || this.closed) return;
    const { id, rev: fromRev } = followed;
    const changes = await readChangesForVisitor(this.deps.db, identityId, id, fromRev);
    if (!changes || this.followed !== followed) return;
    const { conversation, messages } = changes;
    if (conversation.rev > fromRev && keepsUp(this.deps, this.socket)) {
      const { rev } = conversation;
      followed.rev = rev;
      this.socket.emit('conversation.changed', {
        ...changes,
        conversationId: id,
        fromRev,
        rev,
        messages: [...messages],
      });
    }
    if (conversation.status === 'closed' || conversation.survey.state !== 'none') {
      await this.goOn(identityId, followed);
    }
  }

  /** What comes after the end may belong to another conversation, which is then told from its beginning. */
  private async goOn(identityId: string, followed: Followed): Promise<void> {
    const current = await currentConversation(this.deps.db, identityId);
    if (current !== followed.id) await this.follow({ conversationId: null });
  }
}
