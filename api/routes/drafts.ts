import { Router } from 'express';
import * as contract from '../../contracts/http/drafts';
import { conversationFor } from '../../db/access';
import { readDraft, writeDraft } from '../../db/messages/drafts';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** What agents have begun to write: everybody's own, wherever they may look. */
export function draftRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.getDraft, async ({ params, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    return readDraft(db, params.id, actor.id);
  });

  serve(router, contract.putDraft, async ({ params, body, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    return writeDraft(db, params.id, actor.id, body);
  });

  return router;
}
