import { Router } from 'express';
import * as contract from '../../contracts/http/visitor-place';
import { AppError } from '../../core/errors';
import { describeIdentity } from '../../db/customers/describe-identity';
import { placeInLine, queueState } from '../../db/messages/visitor-place';
import { RateLimit } from '../../platform/rate-limit';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';
import { onlyVisitors, visitorOf, visitorScope } from '../visitor-of-request';

/** Nobody reads pages faster. */
const PAGES = { max: 30, windowMs: 60_000 };

/** Where a visitor stands in line, and on the website. */
export function visitorPlaceRoutes(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();
  const pages = new RateLimit(PAGES);
  const options = { before: [onlyVisitors(deps)], scope: visitorScope };

  serve(
    router,
    contract.getVisitorPlace,
    async ({ req }) => {
      const { channel, identity } = visitorOf(req);
      const place = identity && (await placeInLine(db, identity.id));
      const { inLine = false, position = null, queueId = channel.queueId } = place ?? {};
      return { ...(await queueState(db, queueId)), inLine, position };
    },
    options,
  );

  serve(
    router,
    contract.tellVisitorPage,
    async ({ body, req }) => {
      const { channel, identity } = visitorOf(req);
      if (!pages.take(visitorScope(req))) throw new AppError('RATE_LIMITED');
      if (!identity || channel.settings['pageVisits'] !== true) return;
      const { origin, pathname } = new URL(body.url);
      await describeIdentity(db, identity.id, {
        page: { url: origin + pathname, title: body.title },
      });
    },
    options,
  );

  return router;
}
