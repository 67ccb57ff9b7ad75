import type { RequestHandler } from 'express';
import type { ApiDeps } from '../deps';

const METHODS = 'GET, POST';
const HEADERS = 'Authorization, Content-Type, Idempotency-Key';
const MAX_AGE_S = '600';

/**
 * Lets pages of allowed websites read the answers. A question before the request names no channel, so it is answered
 * for any origin that some live chat allows; whether it is the right one the request itself is checked for.
 */
export function visitorCors({ lookups }: ApiDeps): RequestHandler {
  return async (req, res, next) => {
    const { origin } = req.headers;
    res.vary('Origin');
    if (origin && (await lookups.originAllowed(origin))) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Expose-Headers', 'Retry-After, Content-Disposition');
      if (req.method === 'OPTIONS') {
        res.setHeader('Access-Control-Allow-Methods', METHODS);
        res.setHeader('Access-Control-Allow-Headers', HEADERS);
        res.setHeader('Access-Control-Max-Age', MAX_AGE_S);
      }
    }
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  };
}
