import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { VisitorChanges } from '../../contracts/visitor';
import { VISITOR_NAMESPACE } from '../../contracts/visitor-realtime';
import { ask, connected, expectEvent } from './expect-event';
import type { HttpClient } from './http-client';

/** The customer of the demo: a browser on an allowed website, new with every run. */
export class VisitorSide {
  private constructor(
    private readonly http: HttpClient,
    private readonly socket: Socket,
  ) {}

  static async arrive(http: HttpClient, channelId: string, origin: string): Promise<VisitorSide> {
    const page = http.from(origin);
    const { token } = await page.call<{ token: string }>(
      'POST',
      `/visitor/channels/${channelId}/sessions`,
      { name: 'Cora Customer' },
    );
    const socket = io(`${http.url}${VISITOR_NAMESPACE}`, {
      auth: { token },
      extraHeaders: { origin },
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
    });
    await connected(socket, 'the customer');
    return new VisitorSide(page.as(token), socket);
  }

  /** Answers with the conversation's id. */
  async write(text: string): Promise<string> {
    const { conversationId } = await this.http.call<{ conversationId: string }>(
      'POST',
      '/visitor/messages',
      { id: randomUUID(), text },
    );
    return conversationId;
  }

  /** Lets the socket tell of the conversation, all of it first. */
  async follow(): Promise<void> {
    await ask(this.socket, 'follow', { conversationId: null });
  }

  expectChange(
    what: string,
    fits: (news: VisitorChanges) => boolean,
  ): { arrived: () => Promise<VisitorChanges> } {
    return expectEvent(this.socket, 'conversation.changed', what, fits);
  }

  expectAgentTyping(): { arrived: () => Promise<unknown> } {
    return expectEvent(
      this.socket,
      'agent.typing',
      'That the customer sees the agent type',
      (news: { typing: boolean }) => news.typing,
    );
  }

  async type(text: string): Promise<void> {
    await ask(this.socket, 'typing', { typing: true, text });
  }

  async rate(conversationId: string, rating: number, comment: string): Promise<void> {
    await this.http.call('POST', '/visitor/survey', { conversationId, rating, comment });
  }

  leave(): void {
    this.socket.disconnect();
  }
}
