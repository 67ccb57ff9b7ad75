import type { Request, RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { ApiDeps } from '../deps';
import { contextOf } from '../request-context';

/** One log line a request, and its duration as a metric. No query, no header, no body. */
export function requestLog(deps: ApiDeps): RequestHandler {
  const log = pinoHttp<Request>({
    logger: deps.log,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'debug'),
    customProps: (req, res) => {
      const { requestId, actor, endpoint } = contextOf(req);
      const { method } = req;
      return {
        requestId,
        method,
        endpoint,
        status: res.statusCode,
        ...(actor ? { actorId: actor.id } : {}),
      };
    },
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  });
  return (req, res, next) => {
    const stop = deps.metrics.requests.startTimer();
    res.on('finish', () =>
      stop({ endpoint: contextOf(req).endpoint, status: String(res.statusCode) }),
    );
    log(req, res);
    next();
  };
}
