import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/settings';
import { listAudit } from '../../db/audit';
import { readSettings, writeSettings } from '../../db/settings';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

const byId = z.string().regex(/^\d{1,18}$/);

/** The installation's settings, and the record of what administrators did. */
export function settingRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.getSettings, () => readSettings(db));

  serve(router, contract.putSettings, async ({ body, actor }) => {
    await writeSettings(db, actor, body);
    return readSettings(db);
  });

  serve(router, contract.listAudit, async ({ query }) => {
    const { limit, after, ...filter } = query;
    const page = { limit: limit + 1, before: positionOf(byId, after) };
    const rows = await listAudit(db, filter, page);
    return pageOfRows(rows, limit, { item: (row) => row, position: (row) => row.id });
  });

  return router;
}
