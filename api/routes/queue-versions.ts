import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/queue-versions';
import { listVersions, readVersion } from '../../db/queues/queue-versions';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

const byVersion = z.int().min(1).max(2_147_483_647);

/** What queues' policies were before. */
export function queueVersionRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.listQueueVersions, async ({ params, query }) => {
    const before = positionOf(byVersion, query.after);
    const rows = await listVersions(db, params.id, { limit: query.limit + 1, before });
    return pageOfRows(rows, query.limit, { item: (row) => row, position: (row) => row.version });
  });

  serve(router, contract.getQueueVersion, ({ params }) =>
    readVersion(db, params.id, params.version),
  );

  return router;
}
