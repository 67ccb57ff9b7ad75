import type { RequestHandler } from 'express';
import { newId } from '../../db/ids';
import type { ApiDeps } from '../deps';
import { setContext } from '../request-context';

/** An id that a proxy may have given: letters that are safe in a log line. */
const GIVEN = /^[A-Za-z0-9._-]{8,80}$/;

/** Names every request, in the answer's header X-Request-Id, in its log line and in its error. */
export function requestId(deps: ApiDeps): RequestHandler {
  return (req, res, next) => {
    const given = req.get('x-request-id') ?? '';
    const id = GIVEN.test(given) ? given : newId();
    res.setHeader('X-Request-Id', id);
    setContext(req, { deps, requestId: id, actor: null, endpoint: 'none' });
    next();
  };
}
