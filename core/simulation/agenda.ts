/** What is to happen on the virtual clock, and how it is planned from now. */
import type { Conversation } from './conversation';
import { EventHeap } from './event-heap';
import type { Hall } from './hall';
import type { Happening, Here } from './happenings';
import type { Staffing } from './model';

export class Agenda {
  private readonly heap = new EventHeap<Happening>();

  get nextAt(): number {
    return this.heap.nextAt;
  }

  take(): Happening | undefined {
    return this.heap.take();
  }

  put(happening: Happening): void {
    this.heap.put(happening);
  }

  /** Void in another leg, or in another queue. */
  planHere(what: Here['what'], of: Conversation, at: number): void {
    this.put({ at, what, of, legNo: of.legNo, desk: of.desk });
  }

  /** Void after another claim. */
  planClaim(what: 'accept' | 'reject' | 'lapse' | 'roundEnd', of: Conversation, at: number): void {
    this.put({ at, what, of, claimNo: of.claimNo });
  }
}

/** True where the conversation still stands in the line for which this was planned. */
export const isStillThere = (planned: Here): boolean =>
  planned.of.state === 'queued' &&
  planned.of.legNo === planned.legNo &&
  planned.of.desk === planned.desk;

/** When queues open and close, and when agents come and go. */
export function planDays(agenda: Agenda, hall: Hall, from: number, staffing: Staffing): void {
  for (const desk of hall.desks) {
    for (const at of desk.hours.changes()) agenda.put({ at, what: 'hours', desk });
  }
  for (const [n, worker] of hall.workforce.workers.entries()) {
    const shifts = staffing.agents[n]?.shifts ?? [{ from, to: Infinity }];
    for (const shift of shifts) {
      agenda.put({ at: Math.max(shift.from, from), what: 'in', worker });
      if (shift.to < Infinity) agenda.put({ at: shift.to, what: 'out', worker });
    }
  }
}
