/** Who else takes part in a journey: people at the API and visitors of a website, without screens of their own. */
import { randomUUID } from 'node:crypto';
import { DEMO, DEMO_PASSWORD } from '../../prisma/seed';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Person {
  readonly id: string;
  /** Asks the API as this person. Fails with the answer where it is refused. */
  call<T>(method: Method, path: string, body?: object): Promise<T>;
}

/** Signs somebody of the demo data in, by address, without a screen. */
export async function signInByApi(url: string, email: string): Promise<Person> {
  const { agent, token } = await ask<{ agent: { id: string }; token: string }>(
    url,
    { method: 'POST', path: '/sessions', body: { email, password: DEMO_PASSWORD } },
    {},
  );
  const headers = { Authorization: `Bearer ${token}` };
  return { id: agent.id, call: (method, path, body) => ask(url, { method, path, body }, headers) };
}

/** Somebody new writes on a website; resolves with the conversation that it begins. */
export async function visitorWrites(
  url: string,
  name: string,
  text: string,
  channelId: string = DEMO.website,
): Promise<string> {
  const Origin = url;
  const path = `/visitor/channels/${channelId}/sessions`;
  const { token } = await ask<{ token: string }>(
    url,
    { method: 'POST', path, body: { name } },
    { Origin },
  );
  const { conversationId } = await ask<{ conversationId: string }>(
    url,
    { method: 'POST', path: '/visitor/messages', body: { id: randomUUID(), text } },
    { Origin, Authorization: `Bearer ${token}` },
  );
  return conversationId;
}

async function ask<T>(
  url: string,
  { method, path, body }: { method: Method; path: string; body?: object | undefined },
  headers: Readonly<Record<string, string>>,
): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
