import type { Socket } from 'socket.io-client';
import type { ChangesShape, ConversationShape } from '../../contracts/conversation';
import type { ListChanged } from '../../contracts/realtime';
import { DEMO_PASSWORD } from '../../prisma/seed';
import { Failure } from '../failure';
import { agentSocket } from './agent-socket';
import { ask, connected, expectEvent } from './expect-event';
import type { HttpClient } from './http-client';

type Changes = ChangesShape;

const OFFER_PATIENCE_MS = 5000;

const ALEX = { email: 'agent@example.com', password: DEMO_PASSWORD };

/** An agent of the demo: signed in, available, with the list open on the screen. */
export class AgentSide {
  private constructor(
    readonly name: string,
    private readonly id: string,
    private readonly http: HttpClient,
    private readonly socket: Socket,
  ) {}

  static async signIn(
    http: HttpClient,
    { email, password }: { email: string; password: string } = ALEX,
  ): Promise<AgentSide> {
    const { agent, token } = await http.call<{
      agent: { id: string; name: string };
      token: string;
    }>('POST', '/sessions', { email, password });
    const mine = http.as(token);
    const socket = agentSocket(http.url, token);
    const side = new AgentSide(agent.name, agent.id, mine, socket);
    try {
      await mine.call('POST', '/sessions/current/heartbeat');
      await mine.call('PUT', `/agents/${agent.id}/state`, { state: 'available' });
      await connected(socket, 'the agent');
      await ask(socket, 'list.subscribe', { list: 'agent', id: agent.id });
    } catch (error) {
      await side.leave();
      throw error;
    }
    return side;
  }

  /** Where the visitor's page may stand: an origin that the demo channel allows. */
  async originOf(channelId: string): Promise<string> {
    const channel = await this.http.call<{ settings: { allowedOrigins?: string[] } }>(
      'GET',
      `/channels/${channelId}`,
    );
    const own = new URL(this.http.url).origin;
    const allowed = channel.settings.allowedOrigins ?? [];
    return allowed.includes(own) ? own : (allowed[0] ?? own);
  }

  /**
   * An offer, or an assignment, of the conversation that `which` knows by then. Null where none comes: others stand
   * before it in line, or somebody else was asked.
   */
  expectOffer(which: () => string): { arrived: () => Promise<ConversationShape | null> } {
    // The offer may be quicker than the answer to the message that brought it about.
    const early: ListChanged[] = [];
    const isMine = (news: ListChanged): boolean =>
      news.conversationId === which() && news.conversation?.ownerId === this.id;
    const hear = (news: ListChanged): void => void early.push(news);
    this.socket.on('list.changed', hear);
    return {
      arrived: async () => {
        const later = expectEvent(
          this.socket,
          'list.changed',
          'The offer',
          isMine,
          OFFER_PATIENCE_MS,
        );
        const offer = early.find(isMine) ?? (await later.arrived().catch(() => null));
        this.socket.off('list.changed', hear);
        return offer?.conversation ?? null;
      },
    };
  }

  async take(id: string): Promise<void> {
    await this.http.call('POST', `/conversations/${id}/take`);
  }

  async accept(id: string): Promise<void> {
    await this.http.call('POST', `/conversations/${id}/accept`);
  }

  async reject(id: string): Promise<void> {
    await this.http.call('POST', `/conversations/${id}/reject`);
  }

  /** Opens it on the screen: everything of it is told from now on. */
  async open(id: string): Promise<ConversationShape> {
    const { conversation } = await this.http.call<{ conversation: ConversationShape }>(
      'GET',
      `/conversations/${id}`,
    );
    await ask(this.socket, 'conversation.subscribe', { conversationId: id, rev: conversation.rev });
    return conversation;
  }

  expectChange(
    what: string,
    fits: (news: Changes) => boolean,
  ): { arrived: () => Promise<Changes> } {
    return expectEvent(this.socket, 'conversation.changed', what, fits);
  }

  expectVisitorTyping(id: string): { arrived: () => Promise<{ text: string | null }> } {
    return expectEvent<{ conversationId: string; typing: boolean; text: string | null }>(
      this.socket,
      'visitor.typing',
      'That the agent sees the customer type',
      (news) => news.conversationId === id && news.typing,
    );
  }

  async type(id: string): Promise<void> {
    await ask(this.socket, 'presence', { conversationId: id, state: 'typing' });
  }

  async reply(id: string, text: string): Promise<void> {
    await this.http.call('POST', `/conversations/${id}/messages`, { text });
  }

  /** Answers once the workflow has decided it. @throws Failure where nobody does */
  async give(id: string, name: 'solve' | 'close'): Promise<void> {
    const { outcome } = await this.http.call<{ outcome: string | null }>(
      'POST',
      `/conversations/${id}/commands`,
      { name },
    );
    if (outcome === null)
      throw new Failure(`Nobody decided "${name}" within 5 s: is a worker running?`);
  }

  /** Signs out, whatever state it was in; what is still open goes back to the line. */
  async leave(): Promise<void> {
    this.socket.disconnect();
    await this.http.call('DELETE', '/sessions/current?open=release').catch(() => undefined);
  }
}
