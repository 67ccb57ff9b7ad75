import { Router } from 'express';
import * as contract from '../../contracts/http/files';
import { MAX_FILE_BYTES } from '../../core/files/check-file';
import { AppError } from '../../core/errors';
import { conversationFor } from '../../db/access';
import { readFile } from '../../db/messages/files';
import type { ApiDeps } from '../deps';
import { keepFile, linkedFile, shownFile } from '../keep-file';
import { upload, uploaded } from '../middleware/upload';
import { serve } from '../serve';

/** What agents store, and the files of conversations that they may see. */
export function fileRoutes(deps: ApiDeps): Router {
  const router = Router();

  serve(
    router,
    contract.uploadFile,
    async ({ req, key, actor }) => {
      const by = { agentId: actor.id };
      return shownFile(await keepFile(deps, key, uploaded(req), by, MAX_FILE_BYTES));
    },
    { before: [upload] },
  );

  serve(router, contract.getFile, async ({ params, actor }) => {
    const file = await readFile(deps.db, params.id);
    if (!file) throw new AppError('NOT_FOUND');
    if (file.agentId !== actor.id) {
      if (!file.conversationId) throw new AppError('NOT_FOUND');
      await conversationFor(deps.db, actor, file.conversationId, 'see');
    }
    return linkedFile(deps, file);
  });

  return router;
}
