import { Router } from 'express';
import { getSupervision } from '../../contracts/http/supervision';
import { readSupervision } from '../../db/routing/supervision';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** What supervisors look at all day. */
export function supervisionRoutes({ db }: ApiDeps): Router {
  const router = Router();
  serve(router, getSupervision, ({ actor }) => readSupervision(db, actor));
  return router;
}
