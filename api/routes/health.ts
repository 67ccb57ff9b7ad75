import { Router } from 'express';
import { AppError } from '../../core/errors';
import { healthFigures, pingDatabase } from '../../db/health';
import type { ApiDeps } from '../deps';

/** What asks must not wait longer than a probe does. */
const PING_MS = 2000;

/** Probes and metrics: outside /api/v1, for orchestrators and Prometheus. */
export function healthRoutes({ db, metrics, pingTemporal, log }: ApiDeps): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));

  // Without Temporal messages are taken all the same and commands wait, so the API must stay in service: it says
  // so, and is ready. Without the database it can do nothing.
  router.get('/readyz', async (_req, res) => {
    const [database, temporal] = await Promise.all([
      isReachable(() => pingDatabase(db)),
      isReachable(pingTemporal),
    ]);
    const status = !database ? 'not ready' : temporal ? 'ready' : 'degraded';
    const word = (reachable: boolean): string => (reachable ? 'ok' : 'away');
    if (!database) res.setHeader('Retry-After', '1');
    res
      .status(database ? 200 : 503)
      .json({ status, checks: { database: word(database), temporal: word(temporal) } });
  });

  router.get('/metrics', async (_req, res) => {
    try {
      res.type(metrics.registry.contentType).send(await metrics.render(() => healthFigures(db)));
    } catch (error) {
      log.error({ err: error }, 'metrics');
      throw new AppError('UNAVAILABLE');
    }
  });

  return router;
}

async function isReachable(ping: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_MS);
  });
  const answer = ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
