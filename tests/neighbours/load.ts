/**
 * Customers who write and agents who read and answer, whatever the answers are: new ones come at their own pace. Who
 * is sent away comes again with the same id, until it is taken.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../db/ids';
import { ORIGIN, type Installation } from './installation';
import type { Staff } from './people';

export interface LoadOptions {
  readonly customers: number;
  /** New messages, and new requests of agents, in a second. */
  readonly messagesASecond: number;
  readonly requestsASecond: number;
}

/** Answers of one stretch of time. */
export interface Figures {
  /** By status, and what it says was the reason; `none` where there was no answer. */
  readonly answers: Record<string, number>;
  readonly longestMs: number;
  /** Answers with 429 or 503 that do not say when to come again. */
  readonly withoutRetryAfter: number;
  /** Other refusals and failures, and how often. */
  readonly unexpected: Record<string, number>;
}

const TRY_MS = 60_000;

export class Load {
  /** Messages that were answered with 2xx, by the id that the customer gave. */
  readonly accepted = new Map<string, string>();
  /** Replies that were answered with 2xx. */
  readonly replies = new Set<string>();
  private readonly conversations = new Map<string, string>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private figures = fresh();
  private sent = 0;
  private stopped = false;

  constructor(
    private readonly installation: Pick<Installation, 'url' | 'visitorToken'>,
    private readonly staff: Staff,
    private readonly options: LoadOptions,
  ) {}

  start(): void {
    const { messagesASecond, requestsASecond } = this.options;
    this.timers.push(every(1000 / messagesASecond, () => this.begin(this.write())));
    this.timers.push(every(1000 / requestsASecond, () => this.begin(this.work())));
  }

  /** What was answered since this was last asked. */
  take(): Figures {
    const taken = this.figures;
    this.figures = fresh();
    return taken;
  }

  /** Begins nothing new, and waits until all that was begun is taken. */
  async finish(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Gives up what was not taken yet. */
  async abandon(): Promise<void> {
    this.stopped = true;
    await this.finish();
  }

  private begin(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async write(): Promise<void> {
    const customer = `customer-${this.sent++ % this.options.customers}`;
    const token = this.installation.visitorToken(this.staff.website, customer);
    const id = newId();
    const body = { id, text: `hello ${id}` };
    const answer = await this.untilTaken('POST', '/visitor/messages', token, body, id);
    if (!answer) return;
    this.accepted.set(id, answer['messageId'] as string);
    this.conversations.set(customer, answer['conversationId'] as string);
  }

  private async work(): Promise<void> {
    const at = Math.floor(Math.random() * this.staff.agents.length);
    const agent = this.staff.agents[at];
    const ids = [...this.conversations.values()];
    const id = ids[Math.floor(Math.random() * ids.length)];
    if (!agent || !id) return;
    if (Math.random() < 0.5)
      return void (await this.ask('GET', `/conversations/${id}`, agent.token));
    const key = newId();
    const path = `/conversations/${id}/messages`;
    const answer = await this.untilTaken('POST', path, agent.token, { text: `reply ${key}` }, key);
    if (answer) this.replies.add(answer['id'] as string);
  }

  private async untilTaken(
    method: string,
    path: string,
    token: string,
    body: object,
    key: string,
  ): Promise<Record<string, unknown> | null> {
    while (!this.stopped) {
      const answer = await this.ask(method, path, token, body, key);
      if (answer === 'refused') return null;
      if (!('againInMs' in answer)) return answer;
      await sleep(answer['againInMs'] as number);
    }
    return null;
  }

  private async ask(
    method: string,
    path: string,
    token: string,
    body?: object,
    key?: string,
  ): Promise<Record<string, unknown> | 'refused'> {
    const began = performance.now();
    const headers = {
      authorization: `Bearer ${token}`,
      origin: ORIGIN,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key && !path.startsWith('/visitor') ? { 'idempotency-key': key } : {}),
    };
    const request = {
      method,
      headers,
      signal: AbortSignal.timeout(TRY_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    try {
      const response = await fetch(`${this.installation.url}/api/v1${path}`, request);
      const text = await response.text();
      const { status } = response;
      const read = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
      const { reason } = (read['details'] ?? {}) as { reason?: string };
      count(
        this.figures,
        reason ? `${status} ${reason}` : String(status),
        performance.now() - began,
      );
      if (response.ok) return read;
      const later = status === 503 || status === 429;
      const retryAfter = response.headers.get('retry-after');
      if (later && !retryAfter) this.figures.withoutRetryAfter++;
      const againInMs = 1000 * Number(retryAfter ?? 1);
      if (later || read['code'] === 'IDEMPOTENCY_IN_PROGRESS') return { againInMs };
      // An agent reads and answers whatever there is, so some of it is somebody else's by then.
      const code = String(read['code']);
      if (!EXPECTED.has(code)) note(this.figures, `${method} ${path} ${status} ${code}`);
      return status >= 500 ? { againInMs } : 'refused';
    } catch (error) {
      count(this.figures, 'none', performance.now() - began);
      note(this.figures, `${method} ${path} ${String((error as Error).cause ?? error)}`);
      return { againInMs: 1_000 };
    }
  }
}

const EXPECTED = new Set(['NOT_ASSIGNEE', 'NOT_FOUND']);

interface Counting {
  answers: Record<string, number>;
  longestMs: number;
  withoutRetryAfter: number;
  unexpected: Record<string, number>;
}

const fresh = (): Counting => ({
  answers: {},
  longestMs: 0,
  withoutRetryAfter: 0,
  unexpected: {},
});

function count(figures: Counting, status: string, ms: number): void {
  figures.answers[status] = (figures.answers[status] ?? 0) + 1;
  figures.longestMs = Math.max(figures.longestMs, Math.round(ms));
}

function note({ unexpected }: Counting, what: string): void {
  const kind = what.replace(/[0-9a-f-]{36}/g, '*').replace(/ \(.*/, '');
  unexpected[kind] = (unexpected[kind] ?? 0) + 1;
}

/** Like setInterval, for pauses shorter than a timer can make. */
function every(ms: number, work: () => void): NodeJS.Timeout {
  const began = performance.now();
  let done = 0;
  return setInterval(
    () => {
      for (const due = (performance.now() - began) / ms; done < due; done++) work();
    },
    Math.max(ms, 10),
  );
}
