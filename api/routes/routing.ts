import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/routing';
import { AppError } from '../../core/errors';
import { conversationFor } from '../../db/access';
import { changesSince } from '../../db/queues/queue-versions';
import { readReceipts } from '../../db/routing/receipts';
import { namesOf, readRoutingNow } from '../../db/routing/routing-now';
import { temporalPage } from '../../platform/temporal-page';
import { conversationWorkflowId } from '../../workflows/ids';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { namedIn, namedInReceipts, viewOfReceipt, viewOfRouting } from '../routing-view';
import { serve } from '../serve';

/** More of them are read in pages. */
const LAST_RECEIPTS = 5;

/** Why conversations go where they go, and why they wait. */
export function routingRoutes({ db, env }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.getRouting, async ({ params, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const now = await readRoutingNow(db, params.id, { receipts: LAST_RECEIPTS });
    if (!now) throw new AppError('NOT_FOUND');
    const names = await namesOf(db, namedIn(now));
    const temporalUrl = temporalPage(env, conversationWorkflowId(params.id));
    return { ...viewOfRouting(now, names), temporalUrl };
  });

  serve(router, contract.listReceipts, async ({ params, query, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const before = positionOf(z.uuid(), query.after);
    const rows = await readReceipts(db, params.id, { limit: query.limit + 1, before });
    const [names, since] = await Promise.all([
      namesOf(db, namedInReceipts(rows)),
      changesSince(db, rows),
    ]);
    return pageOfRows(rows, query.limit, {
      item: (row) => viewOfReceipt(row, names, since),
      position: (row) => row.id,
    });
  });

  return router;
}
