/** An assigned conversation on an open channel, and an agent who writes in it. */
import type { Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { newId } from '../../db/ids';
import { receiveMessage } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { serveHandOut } from '../../db/routing/hand-out';
import { sealSecrets } from '../../platform/channel-secrets';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from './people';

export interface OpenConversation {
  readonly conversationId: string;
  readonly channelId: string;
  readonly agentId: string;
  /** Stores a reply and returns its id; what it leaves to be done goes to `done`. */
  reply(text: string): Promise<string>;
}

/** `done` gets what each transaction leaves to be done. */
export async function makeOpenConversation(
  db: Database,
  options: {
    replyUrl: string;
    key: Buffer;
    secret: string;
    windowMode?: 'none' | '24h' | '7d';
    done?: (effects: Effects) => Promise<void>;
  },
): Promise<OpenConversation> {
  const queue = await makeQueue(db);
  const agentId = await makeAgent(db, [queue]);
  const channel = { ...(await makeChannel(db, queue, 'open')) };
  const windowMode = options.windowMode ?? 'none';
  await db.query('UPDATE channel SET settings = $2, sealed = $3 WHERE id = $1', [
    channel.id,
    JSON.stringify({ replyUrl: options.replyUrl, windowMode }),
    sealSecrets(options.secret, [`whsec_${options.key.toString('base64')}`]),
  ]);
  const customer = await makeCustomer(db, { ...channel, windowMode });
  const { value, effects } = await receiveMessage(db, {
    ...customer,
    externalId: newId(),
    text: 'hello',
  });
  if (options.done) await options.done(effects);
  else for (const handOut of effects.handOuts) await serveHandOut(db, handOut);
  return {
    conversationId: value.conversationId,
    channelId: channel.id,
    agentId,
    async reply(text) {
      const sent = await sendMessage(db, {
        conversationId: value.conversationId,
        agentId,
        text,
        fileIds: [],
        note: false,
        humanTag: false,
        key: newId(),
      });
      await options.done?.(sent.effects);
      return sent.value.messageId;
    },
  };
}
