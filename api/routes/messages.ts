import { Router } from 'express';
import * as contract from '../../contracts/http/messages';
import { AppError } from '../../core/errors';
import { conversationFor, usedKeyBefore } from '../../db/access';
import { readMessage } from '../../db/conversation/conversations';
import { filesOfAgent } from '../../db/messages/files';
import { sendMessage } from '../../db/messages/send-message';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** What agents write. */
export function messageRoutes({ db, afterCommit }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.sendMessage, async ({ params, body, actor, key, res }) => {
    const note = body.kind === 'note';
    // A repeat is answered even where the conversation has gone out of sight since.
    if (!(await usedKeyBefore(db, params.id, actor.id, key))) {
      const seen = await conversationFor(db, actor, params.id, note ? 'write' : 'see');
      if (note && seen.status === 'closed' && actor.role === 'agent') {
        throw new AppError('CONVERSATION_CLOSED');
      }
    }
    const fileIds = await filesOfAgent(db, body.fileIds, actor.id, params.id);
    const { value, effects } = await sendMessage(db, {
      conversationId: params.id,
      agentId: actor.id,
      text: body.text,
      fileIds,
      note,
      humanTag: body.humanTag,
      key,
    });
    afterCommit.start(effects);
    const message = await readMessage(db, params.id, value.messageId);
    if (!message) throw new AppError('NOT_FOUND');
    if (value.repeated) res.status(200);
    return message;
  });

  return router;
}
