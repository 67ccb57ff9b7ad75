import { Router } from 'express';
import * as contract from '../../contracts/http/calendars';
import { namePosition } from '../../contracts/shapes';
import * as calendars from '../../db/queues/calendars';
import { readQueueHours } from '../../db/queues/queue-hours';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** Opening hours: calendars, and what they make of a queue at this moment. */
export function calendarRoutes({ db, afterCommit }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.listCalendars, async ({ query }) => {
    const page = { limit: query.limit + 1, after: positionOf(namePosition, query.after) };
    const rows = await calendars.listCalendars(db, page);
    return pageOfRows(rows, query.limit, {
      item: (row) => row,
      position: (row) => [row.name, row.id],
    });
  });

  serve(router, contract.createCalendar, async ({ body, actor, key }) => {
    const { effects } = await calendars.createCalendar(db, actor, key, body);
    afterCommit.start(effects);
    return calendars.readCalendar(db, key);
  });

  serve(router, contract.getCalendar, ({ params }) => calendars.readCalendar(db, params.id));

  serve(router, contract.editCalendar, async ({ params, body, actor }) => {
    const { effects } = await calendars.editCalendar(db, actor, params.id, body);
    afterCommit.start(effects);
    return calendars.readCalendar(db, params.id);
  });

  serve(router, contract.deleteCalendar, async ({ params, actor }) => {
    await calendars.deleteCalendar(db, actor, params.id);
  });

  serve(router, contract.getQueueHours, async ({ params }) => {
    const { mode, calendar, open, nextChangeAt, closedSince } = await readQueueHours(db, params.id);
    return {
      mode,
      calendar: calendar && { id: calendar.id, name: calendar.name, zone: calendar.zone },
      open,
      nextChangeAt: nextChangeAt?.toISOString() ?? null,
      closedSince: closedSince?.toISOString() ?? null,
    };
  });

  return router;
}
