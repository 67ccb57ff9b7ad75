import type { RequestHandler } from 'express';
import { AppError } from '../../core/errors';

/**
 * Requests that may be under way at a time. More than a busy hour of a large installation has, and few enough that
 * their bodies and their place in the database's line cost little.
 */
const MOST_UNDER_WAY = 500;

/**
 * Sends requests away at once while so many are under way already, before anything of them is read: those that are
 * being answered then end in time, and who was sent away comes back a little later.
 */
export function shedLoad(most: number = MOST_UNDER_WAY): RequestHandler {
  let underWay = 0;
  return (_req, res, next) => {
    if (underWay >= most) return next(new AppError('UNAVAILABLE', { reason: 'BUSY' }));
    underWay++;
    // Also where the client has gone before its answer.
    res.once('close', () => underWay--);
    next();
  };
}
