import type { Calendar, Queue } from '../load';

/** The queues that go by a calendar: it is their own, or they inherit and it is the global one. */
export const queuesOf = (calendar: Calendar, queues: readonly Queue[]): Queue[] =>
  queues.filter(
    (queue) =>
      (queue.hoursMode === 'own' && queue.calendarId === calendar.id) ||
      (queue.hoursMode === 'inherit' && calendar.isGlobal),
  );
