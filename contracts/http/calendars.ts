import { z } from 'zod';
import { isZone } from '../../core/hours/zone';
import { endpoint } from '../endpoint';
import { byId, instant, line, pageOf, pageQuery, uuid } from '../shapes';

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm')
  .meta({ example: '08:00' });

const interval = z
  .strictObject({
    weekday: z.int().min(1).max(7).meta({ description: 'Monday is 1.' }),
    from: time,
    to: time.or(z.literal('24:00')).meta({
      description: 'At or before `from` it is a time of the next day.',
      example: '18:00',
    }),
  })
  .meta({ id: 'OpenInterval' });

/** A minute of this century that exists. */
const localTime = z
  .string()
  .regex(/^20\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'must be YYYY-MM-DDTHH:mm')
  .refine((text) => isDay(text.slice(0, 10)), 'must be a day of the calendar')
  .meta({ description: 'As clocks in the zone show it.', example: '2026-12-24T12:00' });

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

const closedDate = z
  .strictObject({ description: line(200), from: localTime, to: localTime })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be after `from`' })
  .meta({ id: 'ClosedDate' });

const fields = z.strictObject({
  name: line(100),
  zone: z
    .string()
    .max(64)
    .refine(isZone, 'must be the IANA name of a zone')
    .meta({ example: 'Europe/Berlin' }),
  intervals: z.array(interval).max(100).readonly(),
  closedDates: z
    .array(closedDate)
    .max(500)
    .readonly()
    .meta({ description: 'Closed whatever the weekday says.' }),
  isGlobal: z.boolean().meta({
    description: 'Queues that inherit their hours go by it. It takes the place of the one before.',
  }),
});

const calendarShape = z
  .object({
    id: uuid,
    ...fields.shape,
    version: z.int(),
    open: z.boolean().meta({ description: 'Whether it is open now.' }),
    nextChangeAt: instant
      .nullable()
      .meta({ description: 'When it next opens or closes; null where it never does.' }),
  })
  .meta({ id: 'Calendar' });

export const listCalendars = endpoint({
  id: 'listCalendars',
  method: 'get',
  path: '/calendars',
  summary: 'Lists calendars of opening hours by name',
  query: pageQuery,
  response: pageOf(calendarShape),
  errors: [],
  access: 'agent',
});

export const createCalendar = endpoint({
  id: 'createCalendar',
  method: 'post',
  path: '/calendars',
  summary: 'Adds a calendar of opening hours',
  body: fields.partial({ intervals: true, closedDates: true, isGlobal: true }),
  response: calendarShape,
  status: 201,
  errors: ['CONFLICT'],
  access: 'admin',
});

export const getCalendar = endpoint({
  id: 'getCalendar',
  method: 'get',
  path: '/calendars/{id}',
  summary: 'Reads one calendar',
  params: byId,
  response: calendarShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const editCalendar = endpoint({
  id: 'editCalendar',
  method: 'patch',
  path: '/calendars/{id}',
  summary: 'Edits a calendar; what is named is replaced',
  description: 'Counts at once: queues that go by it open or close with the edit.',
  params: byId,
  body: fields.partial(),
  response: calendarShape,
  errors: ['NOT_FOUND', 'CONFLICT'],
  access: 'admin',
});

export const deleteCalendar = endpoint({
  id: 'deleteCalendar',
  method: 'delete',
  path: '/calendars/{id}',
  summary: 'Deletes a calendar that no queue goes by',
  params: byId,
  errors: ['NOT_FOUND', 'CALENDAR_IN_USE'],
  access: 'admin',
});

export const getQueueHours = endpoint({
  id: 'getQueueHours',
  method: 'get',
  path: '/queues/{id}/hours',
  summary: 'Tells whether a queue is open, and when that changes',
  params: byId,
  response: z
    .object({
      mode: z.enum(['own', 'always', 'inherit']),
      calendar: z
        .object({ id: uuid, name: z.string(), zone: z.string() })
        .nullable()
        .meta({ description: 'By which it goes; null where it is always open.' }),
      open: z.boolean(),
      nextChangeAt: instant.nullable().meta({ description: 'Null where it stays so for ever.' }),
      closedSince: instant.nullable(),
    })
    .meta({ id: 'QueueHours' }),
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const calendarsEndpoints = [
  listCalendars,
  createCalendar,
  getCalendar,
  editCalendar,
  deleteCalendar,
  getQueueHours,
];
