import { newId } from '../../db/ids';
import { receiveMessage, type Received } from '../../db/messages/receive-message';
import type { TestApi } from './api';
import { makeChannel, makeCustomer } from './people';

export interface Begun {
  readonly id: string;
  readonly identityId: string;
  /** The customer writes; what follows from it is done when it resolves. */
  say(text: string, during?: 'answer' | 'new'): Promise<Received>;
}

/** A conversation as its customer's first message begins it, on a channel of its own. */
export async function begin(
  api: TestApi,
  queueId: string,
  options: { name?: string; text?: string; kind?: 'live-chat' | 'open' } = {},
): Promise<Begun> {
  const channel = await makeChannel(api.db, queueId, options.kind);
  const customer = await makeCustomer(api.db, channel);
  await api.db.query('UPDATE identity SET name = $2 WHERE id = $1', [
    customer.identityId,
    options.name ?? null,
  ]);
  const say: Begun['say'] = async (text, during) => {
    const message = { ...customer, externalId: newId(), text, during };
    const { value, effects } = await receiveMessage(api.db, message);
    await api.deps.afterCommit.run(effects);
    return value;
  };
  const { conversationId } = await say(options.text ?? 'hello');
  return { id: conversationId, identityId: customer.identityId, say };
}
