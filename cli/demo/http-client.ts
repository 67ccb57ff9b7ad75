import { randomUUID } from 'node:crypto';
import { Failure, reasonOf } from '../failure';

const PATIENCE_MS = 10_000;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One who speaks to the API: an agent with a session, or a visitor from a website. */
export class HttpClient {
  /** @param url of the API, without a slash at the end. */
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  as(token: string): HttpClient {
    return new HttpClient(this.url, { ...this.headers, authorization: `Bearer ${token}` });
  }

  from(origin: string): HttpClient {
    return new HttpClient(this.url, { ...this.headers, origin });
  }

  /** Asks `/api/v1` + path. @throws Failure with what the API said */
  async call<T>(method: Method, path: string, body?: object): Promise<T> {
    const what = `${method} ${path}`;
    const headers = {
      ...this.headers,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    };
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      throw new Failure(
        `${this.url} does not answer (${reasonOf(error)}): is "npm start" running?`,
      );
    });
    const text = await answer.text();
    if (!answer.ok) throw new Failure(`${what} was refused with ${answer.status}: ${said(text)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function said(text: string): string {
  try {
    const { code, message } = JSON.parse(text) as { code?: string; message?: string };
    return `${message ?? ''} (${code ?? 'no code'})`;
  } catch {
    return 'it did not say why.';
  }
}
