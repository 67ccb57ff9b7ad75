/** Live chats and their visitors over HTTP, as a widget on an allowed website would speak. */
import type request from 'supertest';
import { newId } from '../../db/ids';
import type { TestApi } from './api';

export const WEBSITE = 'https://shop.example';

export async function makeLiveChat(
  api: TestApi,
  queueId: string,
  settings: object = {},
): Promise<string> {
  const id = newId();
  await api.db.query(
    `INSERT INTO channel (id, kind, name, queue_id, settings) VALUES ($1, 'live-chat', 'Website', $2, $3)`,
    [id, queueId, JSON.stringify({ allowedOrigins: [WEBSITE], ...settings })],
  );
  return id;
}

export interface TestVisitor {
  readonly token: string;
  get(path: string): request.Test;
  post(path: string, body?: object): request.Test;
  /** Writes a message with an id of its own; what follows from it is done when it resolves. */
  say(
    text: string,
    more?: object,
  ): Promise<{ conversationId: string; messageId: string; seq: number }>;
}

/** A new visitor of a channel. */
export async function makeVisitor(
  api: TestApi,
  channelId: string,
  said: object = {},
): Promise<TestVisitor> {
  const { body } = await api
    .call('post', `/visitor/channels/${channelId}/sessions`)
    .set('Origin', WEBSITE)
    .send(said)
    .expect(201);
  const { token } = body as { token: string };
  const call = (method: 'get' | 'post', path: string) =>
    api.call(method, `/visitor${path}`, token).set('Origin', WEBSITE);
  const visitor: TestVisitor = {
    token,
    get: (path) => call('get', path),
    post: (path, sent) => (sent ? call('post', path).send(sent) : call('post', path)),
    async say(text, more) {
      const answer = await visitor.post('/messages', { id: newId(), text, ...more });
      if (answer.status > 201) throw new Error(JSON.stringify(answer.body));
      await api.deps.afterCommit.settled();
      return answer.body as never;
    },
  };
  return visitor;
}
