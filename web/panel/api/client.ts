/** The one way to the API: by the name of an endpoint, typed by its contract. */
import type { z } from 'zod';
import type { ErrorCode } from '../../../core/errors';
import { ApiError } from './api-error';
import { noteServerTime } from './server-clock';
import { routes, type Contract, type RouteName } from './routes';

export type Answer<N extends RouteName> = z.output<Contract<N>['response']>;

interface Asked<N extends RouteName> {
  readonly params?: z.input<Contract<N>['params']>;
  readonly query?: z.input<Contract<N>['query']>;
  readonly body?: z.input<Contract<N>['body']> | FormData;
  /** Of an act that must happen once, however often it is asked for. Made up where none is given. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** Tries of one request. Reads and keyed posts may be repeated without harm. */
const TRIES = 3;
const PAUSE_MS = 400;

let csrfToken = '';
let whenSignedOut: () => void = () => undefined;

/** The token that goes with the session's cookie. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** What to do when the API no longer knows us. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

/** Asks the API. @throws ApiError */
export async function call<N extends RouteName>(name: N, asked: Asked<N> = {}): Promise<Answer<N>> {
  const [method, path] = routes[name];
  const url = `/api/v1${fill(path, asked.params)}${queryOf(asked.query)}`;
  const isForm = asked.body instanceof FormData;
  const headers: Record<string, string> = {};
  if (method !== 'get' && csrfToken) headers['X-CSRF-Token'] = csrfToken;
  if (method === 'post') headers['Idempotency-Key'] = asked.key ?? newKey();
  if (asked.body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method: method.toUpperCase(), headers, credentials: 'same-origin' };
  if (asked.body !== undefined) {
    init.body = asked.body instanceof FormData ? asked.body : JSON.stringify(asked.body);
  }
  if (asked.signal) init.signal = asked.signal;
  const repeatable = method === 'get' || method === 'post';
  const response = await tried(url, init, repeatable ? TRIES : 1);
  if (response.ok) return (await bodyOf(response)) as Answer<N>;
  const error = await refusalOf(response);
  if (error.code === 'UNAUTHENTICATED' && name !== 'getCurrentSession') whenSignedOut();
  throw error;
}

/** An id nobody else makes. `crypto.randomUUID` is there on secure pages only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function tried(url: string, init: RequestInit, tries: number): Promise<Response> {
  for (let left = tries - 1; ; left--) {
    try {
      const response = await fetch(url, init);
      noteServerTime(response.headers.get('date'));
      if (response.status !== 503 || left === 0) return response;
    } catch (error) {
      if (init.signal?.aborted) throw error;
      if (left === 0 || !navigator.onLine) throw new ApiError('OFFLINE');
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (tries - left)));
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

async function refusalOf(response: Response): Promise<ApiError> {
  try {
    const { code, details, requestId } = (await response.json()) as {
      code: ErrorCode;
      details?: Record<string, unknown>;
      requestId?: string;
    };
    return new ApiError(code, details ?? {}, requestId ?? null);
  } catch {
    // Not from our API but from something before it.
    return new ApiError(response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL');
  }
}

function fill(path: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, string | number>;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function queryOf(query: unknown): string {
  const entries = Object.entries((query ?? {}) as Record<string, unknown>).flatMap(
    ([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
  return entries.length > 0 ? `?${new URLSearchParams(entries).toString()}` : '';
}
