import { Router } from 'express';
import * as contract from '../../contracts/http/transfer-targets';
import { namePosition } from '../../contracts/shapes';
import { transferAgents, transferQueues } from '../../db/routing/transfer-targets';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** What a transfer window shows. */
export function transferTargetRoutes({ db }: ApiDeps): Router {
  const router = Router();
  const byName = (row: { name: string; id: string }): readonly [string, string] => [
    row.name,
    row.id,
  ];

  serve(router, contract.listTransferQueues, async ({ query }) => {
    const { limit, after, search } = query;
    const page = { limit: limit + 1, after: positionOf(namePosition, after) };
    const rows = await transferQueues(db, search, page);
    return pageOfRows(rows, limit, { item: (row) => row, position: byName });
  });

  serve(router, contract.listTransferAgents, async ({ query }) => {
    const { limit, after, ...filter } = query;
    const page = { limit: limit + 1, after: positionOf(namePosition, after) };
    const rows = await transferAgents(db, filter, page);
    return pageOfRows(rows, limit, { item: (row) => row, position: byName });
  });

  return router;
}
