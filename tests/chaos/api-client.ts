/** Speaks to the two APIs as a patient client does: whatever is not an answer is asked again, with the same key. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logs } from './logs';
import type { Random } from './random';

export interface Ask {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Bytes and headers as they are, made anew for each try. */
  readonly signed?: (() => { body: string; headers: Record<string, string> }) | undefined;
  readonly headers?: Record<string, string> | undefined;
  /** False for what is recognised without a key: by an id of its own, or because a repeat is harmless. */
  readonly keyed?: boolean | undefined;
  /** How long it is asked again. */
  readonly patienceMs?: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
  readonly code: string | null;
}

const TRY_MS = 10_000;
const PATIENCE_MS = 90_000;
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\?.*$|\b\d+\b/g;

export class ApiClient {
  constructor(
    private readonly urls: readonly string[],
    private readonly random: Random,
    private readonly logs: Logs,
  ) {}

  /** The first clear answer; null where there was none in time. Every POST has a key, unless told otherwise. */
  async ask(method: string, path: string, ask: Ask = {}): Promise<Answer | null> {
    const end = Date.now() + (ask.patienceMs ?? PATIENCE_MS);
    const key = randomUUID();
    for (let pause = 50; Date.now() < end; pause = Math.min(pause * 2, 1_000)) {
      const answer = await this.try(method, path, ask, key);
      if (answer && isClear(answer)) return answer;
      await sleep(pause + this.random.between(0, pause));
    }
    this.logs.count(`${method} ${path.replace(IDS, '*')} gave up`);
    return null;
  }

  /** The same request twice at once, with one key. */
  async askTwice(method: string, path: string, ask: Ask = {}): Promise<(Answer | null)[]> {
    const key = randomUUID();
    const one = async (): Promise<Answer | null> => {
      const end = Date.now() + PATIENCE_MS;
      while (Date.now() < end) {
        const answer = await this.try(method, path, ask, key);
        if (answer && isClear(answer)) return answer;
        await sleep(100 + this.random.between(0, 400));
      }
      return null;
    };
    return Promise.all([one(), one()]);
  }

  private async try(method: string, path: string, ask: Ask, key: string): Promise<Answer | null> {
    const { token, body, signed, headers } = ask;
    const bytes = signed?.();
    const route = `${method} ${path.replace(IDS, '*')}`;
    try {
      const response = await fetch(`${this.random.pick(this.urls)}/api/v1${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' && !bytes && ask.keyed !== false ? { 'idempotency-key': key } : {}),
          ...headers,
          ...bytes?.headers,
        },
        ...(bytes ? { body: bytes.body } : {}),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TRY_MS),
      });
      const text = await response.text();
      const read = text === '' ? null : JSON.parse(text);
      const code = response.ok ? null : String(read?.code);
      this.logs.count([route, response.status, code].filter(Boolean).join(' '));
      return { status: response.status, body: read, code };
    } catch (error) {
      const name = (error as Error).name;
      this.logs.count(`${route} ${name === 'TimeoutError' ? 'timeout' : 'no answer'}`);
      return null;
    }
  }
}

const isClear = ({ status, code }: Answer): boolean =>
  status < 500 && status !== 429 && code !== 'IDEMPOTENCY_IN_PROGRESS';
