/** People of the demo data, through the API, for what a journey needs done beside its screen. */
import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '../../prisma/seed';

export interface Staff {
  readonly id: string;
  ask<T = unknown>(method: string, path: string, body?: object): Promise<T>;
}

/** Signs somebody in; they are paused unless told otherwise, so that nothing is given to them. */
export async function staffOf(
  url: string,
  who: string,
  state: 'available' | 'paused' = 'paused',
): Promise<Staff> {
  const ask = async <T>(
    method: string,
    path: string,
    body?: object,
    token?: string,
  ): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'Idempotency-Key': randomUUID(),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const signedIn = await ask<{ token: string; agent: { id: string } }>('POST', '/sessions', {
    email: `${who}@example.com`,
    password: DEMO_PASSWORD,
    state,
  });
  return {
    id: signedIn.agent.id,
    ask: (method, path, body) => ask(method, path, body, signedIn.token),
  };
}
