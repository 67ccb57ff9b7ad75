import { randomBytes } from 'node:crypto';
import { reasonOf } from '../failure';
import type { HttpClient } from './http-client';

const OFFER_MS = 4000;
const OVERFLOW_MS = 8000;
/** Longer than the demo, so that nobody is asked twice. */
const ROUND_MS = 3_600_000;

/** Who plays; each is asked in this order, the last one in the second queue. */
const NAMES = ['Rita Rejects', 'Mo Misses', 'Olga Overflow'] as const;

interface Made {
  readonly id: string;
}

/**
 * Queues, agents and a website that nobody works in but the demo, each with a name of its own. Nothing in the product is
 * ever deleted, so what stays when the stage is struck is archived.
 */
export class Stage {
  private readonly mark = randomBytes(3).toString('hex');
  private readonly password = randomBytes(16).toString('hex');
  private readonly queues: string[] = [];
  private readonly agents: string[] = [];
  private readonly channels: string[] = [];
  private built: Promise<void> | undefined;

  readonly firstLevel = `Demo first level ${this.mark}`;
  readonly secondLevel = `Demo second level ${this.mark}`;
  readonly origin: string;

  /** @param admin whose requests make and clear all of it */
  constructor(private readonly admin: HttpClient) {
    this.origin = new URL(admin.url).origin;
  }

  /** Makes it all. */
  build(): Promise<void> {
    return (this.built ??= this.make());
  }

  /** How those of the names sign in. */
  get people(): readonly { name: string; email: string; password: string }[] {
    return NAMES.map((name, at) => ({
      name,
      email: `demo-${this.mark}-${at + 1}@example.com`,
      password: this.password,
    }));
  }

  /** The website on which the customer writes. */
  get channelId(): string {
    return this.channels[0] ?? '';
  }

  private async make(): Promise<void> {
    const second = await this.add('/queues', this.queues, {
      name: this.secondLevel,
      hoursMode: 'always',
    });
    const first = await this.add('/queues', this.queues, {
      name: this.firstLevel,
      hoursMode: 'always',
      delivery: 'offer',
      distribution: 'linear',
      settings: {
        offerMs: OFFER_MS,
        roundPauseMs: ROUND_MS,
        ladder: [{ afterMs: OVERFLOW_MS, do: 'overflow', queueId: second }],
      },
    });
    for (const [at, person] of this.people.entries()) {
      const agent = await this.add('/agents', this.agents, person);
      const queue = at < NAMES.length - 1 ? first : second;
      await this.admin.call('PUT', `/queues/${queue}/members/${agent}`, { position: at });
    }
    await this.add('/channels', this.channels, {
      kind: 'live-chat',
      name: `Demo website ${this.mark}`,
      queueId: first,
      settings: { allowedOrigins: [this.origin] },
    });
  }

  private async add(path: string, made: string[], body: object): Promise<string> {
    const answer = await this.admin.call<Made | { channel: Made }>('POST', path, body);
    const { id } = 'channel' in answer ? answer.channel : answer;
    made.push(id);
    return id;
  }

  /**
   * Clears it all away, the conversation with it, as far as that can be done.
   * @returns what could not be cleared, a sentence each
   */
  async strike(conversationId: string): Promise<string[]> {
    // Who was stopped may still be building.
    await this.built?.catch(() => undefined);
    const failed: string[] = [];
    const clear = (method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> =>
      this.admin
        .call(method, path, body)
        .then(() => undefined)
        .catch((error: unknown) => void failed.push(reasonOf(error)));
    if (conversationId !== '' && !(await this.isClosed(conversationId))) {
      await clear('POST', `/conversations/${conversationId}/commands`, { name: 'close' });
    }
    for (const id of this.channels) await clear('DELETE', `/channels/${id}`);
    for (const id of this.agents) await clear('DELETE', `/agents/${id}?open=release`);
    const heirId = await this.anotherQueue();
    // An archived queue names a heir that is in use: the demo's own have nothing left for it.
    for (const id of this.queues) {
      if (heirId) await clear('POST', `/queues/${id}/archive`, { heirId });
      else failed.push('The queues of the demo stay in use: there is no other to be their heir.');
    }
    return failed;
  }

  private async isClosed(id: string): Promise<boolean> {
    const { conversation } = await this.admin.call<{ conversation: { status: string } }>(
      'GET',
      `/conversations/${id}`,
    );
    return conversation.status === 'closed';
  }

  private async anotherQueue(): Promise<string | undefined> {
    const { items } = await this.admin.call<{ items: Made[] }>('GET', '/queues?limit=100');
    return items.find(({ id }) => !this.queues.includes(id))?.id;
  }
}
