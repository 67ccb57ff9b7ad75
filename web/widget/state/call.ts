/** Asks the visitor's part of the API, and says in one way what went wrong. */

/** A refusal with its code; `AWAY` where no answer came. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly retryAfterMs: number | null = null,
  ) {
    super(code);
  }

  /** True where the same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let token: string | null = null;

/** What the next calls prove themselves with. */
export function useToken(given: string): void {
  token = given;
}

export interface Wish {
  readonly method?: 'GET' | 'POST';
  readonly body?: object | FormData;
  /** The same for a repeat of the same wish. */
  readonly key?: string;
}

const PATIENCE_MS = 30_000;

async function ask(path: string, { method = 'GET', body, key }: Wish): Promise<Response> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = {};
  if (token) headers['Authorization'] = `Bearer ${token}`;
  if (body && !form) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/visitor${path}`, {
      method,
      headers,
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body ? { body: form ? body : JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Refusal('AWAY', 0);
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => ({}))) as {
    code?: string;
    details?: Record<string, unknown>;
  };
  const after = Number(answer.headers.get('Retry-After'));
  const wait = after > 0 ? after * 1000 : null;
  throw new Refusal(said.code ?? 'INTERNAL', answer.status, said.details ?? {}, wait);
}

/** The answer's body. @throws Refusal */
export async function call<T>(path: string, wish: Wish = {}): Promise<T> {
  const answer = await ask(path, wish);
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The same for what is no JSON. @throws Refusal */
export const callForText = async (path: string): Promise<string> => (await ask(path, {})).text();
