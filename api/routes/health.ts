import { Router } from 'express';
import { AppError } from '../../core/errors';
import { healthFigures, pingDatabase } from '../../db/health';
import type { ApiDeps } from '../deps';

/** What asks must not wait longer than a probe does. */
const PING_MS = 2000;

/** Probes and metrics: outside /api/v1, for orchestrators and Prometheus. */
export function healthRoutes({ db, metrics, pingTemporal, log }: ApiDeps): Router {
  const router = Router();
  const needs: Readonly<Record<string, () => Promise<void>>> = {
    database: () => pingDatabase(db),
    temporal: pingTemporal,
  };

  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));

  router.get('/readyz', async (_req, res) => {
    const answers = await Promise.all(
      Object.entries(needs).map(async ([name, ping]) => [name, await isReachable(ping)] as const),
    );
    const ready = answers.every(([, reachable]) => reachable);
    if (!ready) res.setHeader('Retry-After', '1');
    const checks = Object.fromEntries(answers.map(([name, ok]) => [name, ok ? 'ok' : 'away']));
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
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
