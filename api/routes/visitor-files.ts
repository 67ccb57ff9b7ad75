import { Router } from 'express';
import { maxFileBytes } from '../../channels/inbound';
import * as contract from '../../contracts/http/visitor';
import { AppError } from '../../core/errors';
import { customerMaySee, readFile } from '../../db/messages/files';
import { findOrCreateIdentity } from '../../db/customers/identities';
import { RateLimit } from '../../platform/rate-limit';
import type { ApiDeps } from '../deps';
import { keepFile, linkedFile, shownFile } from '../keep-file';
import { upload, uploaded } from '../middleware/upload';
import { serve } from '../serve';
import { identityOf, onlyVisitors, visitorOf, visitorScope } from '../visitor-of-request';

const FILES = { max: 20, windowMs: 60_000 };

/** What visitors store, and the files that come to them. */
export function visitorFileRoutes(deps: ApiDeps): Router {
  const router = Router();
  const files = new RateLimit(FILES);
  const visitor = onlyVisitors(deps);

  serve(
    router,
    contract.uploadVisitorFile,
    async ({ req, key }) => {
      const { channel, visitor: who } = visitorOf(req);
      if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
      if (!files.take(visitorScope(req))) throw new AppError('RATE_LIMITED');
      const limit = maxFileBytes(channel.kind, channel.settings);
      const { externalId } = who;
      const given = uploaded(req);
      const identity = await findOrCreateIdentity(deps.db, { channelId: channel.id, externalId });
      return shownFile(await keepFile(deps, key, given, { identityId: identity.id }, limit));
    },
    { before: [visitor, upload], scope: visitorScope },
  );

  serve(
    router,
    contract.getVisitorFile,
    async ({ params, req }) => {
      const { id: identityId } = identityOf(visitorOf(req));
      const file = await readFile(deps.db, params.id);
      const may = file !== null && (await customerMaySee(deps.db, file.id, identityId));
      if (!may) throw new AppError('NOT_FOUND');
      return linkedFile(deps, file);
    },
    { before: [visitor], scope: visitorScope },
  );

  return router;
}
