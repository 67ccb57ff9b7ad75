import type { RequestHandler } from 'express';
import type { ApiDeps } from '../deps';
import { contextOf } from '../request-context';

/** One log line a request, and its duration as a metric. No query, no header, no body. */
export function requestLog({ log, metrics }: ApiDeps): RequestHandler {
  return (req, res, next) => {
    const { method } = req;
    const stop = metrics.requests.startTimer();
    res.on('finish', () => {
      const { requestId, actor, endpoint } = contextOf(req);
      const { statusCode: status } = res;
      const seconds = stop({ endpoint, status: String(status) });
      const level = status >= 500 ? 'error' : 'debug';
      if (!log.isLevelEnabled(level)) return;
      const responseTime = Math.round(seconds * 1000);
      const by = actor ? { actorId: actor.id } : {};
      log[level]({ requestId, method, endpoint, status, responseTime, ...by }, 'request');
    });
    next();
  };
}
