/** What time does to a conversation in line, by the router's own deadlines: kept no longer, skills relaxed, the ladder. */
import { earliest, inLineDeadlines } from '../conversation/deadlines';
import type { DeadlineName } from '../conversation/types';
import { orderKey } from '../routing/order';
import { enter, type Entry } from '../routing/place';
import type { Conversation } from './conversation';
import type { Desk } from './workforce';

const NONE = {
  offer: null,
  roundEnd: null,
  snooze: null,
  survey: null,
  confirm: null,
  firstResponse: null,
  idle: null,
  transfer: null,
};

/** The next of its deadlines; null where none runs. */
export function nextInLine(
  one: Conversation,
  now: number,
): { readonly name: DeadlineName; readonly at: number } | null {
  const { desk, place, skills } = one;
  const { policy } = desk;
  if (policy.ladder.length === 0 && policy.relaxSkillsMs === null && !place.preferredUntil) {
    return null;
  }
  const deadlines = inLineDeadlines(
    {
      ...{ status: 'open', placement: 'queued', place, policy },
      needsSkills: skills.required.length > 0,
      windowExpiresAt: null,
    },
    desk.hours.clockAt(now),
  );
  return earliest({ ...NONE, ...deadlines });
}

/** True where a deadline of it in line has passed. */
export function isDue(one: Conversation, now: number): boolean {
  const next = one.state === 'queued' ? nextInLine(one, now) : null;
  return next !== null && next.at <= now;
}

/** Gives it its place in the line of its queue, and what follows from that. */
export function takePlace(
  one: Conversation,
  entry: Pick<Entry, 'age' | 'leaves'>,
  now: number,
): void {
  const { age, leaves } = entry;
  one.place = enter(one.place, { age, leaves, front: false, urgent: false }, now);
  const { weight, settings } = one.desk.queue;
  one.orderKey = orderKey({
    weight,
    priority: one.arrival.priority,
    agingMinutes: settings.agingMinutes ?? 0,
    queuedSince: one.since,
    urgent: false,
    front: false,
  });
}

/** False where the product passes over a step that would bring it to this queue. */
export const mayFlowTo = (
  { desk, place }: Conversation,
  target: Desk | undefined,
): target is Desk =>
  target !== undefined &&
  target !== desk &&
  !place.visited.includes(target.queue.id) &&
  target.open &&
  target.places.length > 0;

/** Whether it is a live chat that closing time has left in line, where those are closed. */
export function isLeftBehind({ desk, arrival, since }: Conversation): boolean {
  if (desk.open || arrival.kind !== 'live-chat') return false;
  return desk.queue.settings.hours?.atClosing === 'notifyAndClose' && since < desk.closedSince;
}
