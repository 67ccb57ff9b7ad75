import type { Socket } from 'socket.io-client';
import type { ChangesShape, EventShape } from '../../contracts/conversation';
import type { getRouting } from '../../contracts/http/routing';
import type { z } from 'zod';
import { DEMO_PASSWORD } from '../../prisma/seed';
import { agentSocket } from './agent-socket';
import { ask, connected, expectEvent } from './expect-event';
import type { HttpClient } from './http-client';

/** The admin of the demo: sets up, looks on, clears away. On a pause, so that nothing is handed to them. */
export class AdminSide {
  private readonly seen: EventShape[] = [];

  private constructor(
    readonly http: HttpClient,
    private readonly socket: Socket,
  ) {}

  static async signIn(http: HttpClient): Promise<AdminSide> {
    const { token } = await http.call<{ token: string }>('POST', '/sessions', {
      email: 'admin@example.com',
      password: DEMO_PASSWORD,
      state: 'paused',
    });
    const socket = agentSocket(http.url, token);
    const side = new AdminSide(http.as(token), socket);
    socket.on('conversation.changed', ({ events }: ChangesShape) => side.seen.push(...events));
    try {
      await connected(socket, 'the admin');
    } catch (error) {
      await side.leave();
      throw error;
    }
    return side;
  }

  /** Looks on from the beginning of the conversation. One only. */
  async watch(id: string): Promise<void> {
    await ask(this.socket, 'conversation.subscribe', { conversationId: id, rev: 0 });
  }

  /** Waits until this stands in the timeline of what is watched. @param what for the failure: what did not come */
  async happened(kind: string, what: string): Promise<void> {
    const isIt = (event: EventShape): boolean => event.kind === kind;
    if (this.seen.some(isIt)) return;
    const coming = expectEvent<ChangesShape>(this.socket, 'conversation.changed', what, (news) =>
      news.events.some(isIt),
    );
    await coming.arrived();
  }

  /** Where it stands and how it came there. */
  routingOf(id: string): Promise<z.output<typeof getRouting.response>> {
    return this.http.call('GET', `/conversations/${id}/routing`);
  }

  async leave(): Promise<void> {
    this.socket.disconnect();
    await this.http.call('DELETE', '/sessions/current?open=keep').catch(() => undefined);
  }
}
