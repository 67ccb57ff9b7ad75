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
  // so, and is ready. Without the database, or with one that has no room left, it can do nothing.
  router.get('/readyz', async (_req, res) => {
    const [database, temporal] = await Promise.all([
      answerOf(() => pingDatabase(db)),
      answerOf(() => pingTemporal().then(() => 'ok')),
    ]);
    const serves = database === 'ok';
    const status = !serves ? 'not ready' : temporal === 'ok' ? 'ready' : 'degraded';
    if (!serves) res.setHeader('Retry-After', '1');
    res.status(serves ? 200 : 503).json({ status, checks: { database, temporal } });
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

async function answerOf(ping: () => Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('away'), PING_MS);
  });
  const answer = ping().catch(() => 'away');
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
