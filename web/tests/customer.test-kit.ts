/** Customers of the demo website, through the interface that its widget uses. */
import { randomUUID } from 'node:crypto';
import { DEMO } from '../../prisma/seed';

export interface Customer {
  /** Writes a message and answers with its conversation's id. */
  say(text: string): Promise<string>;
}

/** Somebody new on the website. */
export async function customerOf(url: string, name: string): Promise<Customer> {
  const post = async (path: string, body: object, token?: string): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1/visitor${path}`, {
      method: 'POST',
      headers: {
        Origin: url,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const session = (await post(`/channels/${DEMO.website}/sessions`, { name })) as { token: string };
  return {
    async say(text) {
      const body = { id: randomUUID(), text };
      const said = (await post('/messages', body, session.token)) as { conversationId: string };
      return said.conversationId;
    },
  };
}
