import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/routing';
import { conversationFor } from '../../db/access';
import { readReceipts } from '../../db/receipts';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** Why conversations go where they go, and why they wait. */
export function routingRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.listReceipts, async ({ params, query, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const before = positionOf(z.uuid(), query.after);
    const rows = await readReceipts(db, params.id, { limit: query.limit + 1, before });
    return pageOfRows(rows, query.limit, { item: (row) => row, position: (row) => row.id });
  });

  return router;
}
