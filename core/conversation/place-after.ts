import { enter, NO_PLACE, type Place } from '../routing/place';
import { urgentFrom } from '../windows/window';
import type { Change } from './decide';
import type { ConversationState } from './types';

/** The place in line after a change; of no consequence where that leaves it in none. `now` in milliseconds. */
export function placeAfter(
  before: Pick<ConversationState, 'place' | 'queueId' | 'windowExpiresAt'>,
  change: Change,
  now: number,
): Place {
  const { place } = before;
  const { queuedSince, front = false } = change;
  if (queuedSince === null) return NO_PLACE;
  if (queuedSince !== undefined) {
    const goes = change.queueId !== undefined && change.queueId !== before.queueId;
    const from = urgentFrom(before.windowExpiresAt, now);
    const urgent = from !== null && from <= now;
    const leaves = goes ? before.queueId : null;
    return enter(place, { age: queuedSince, front, leaves, urgent }, now);
  }
  return {
    ...place,
    front: change.front ?? place.front,
    ladderStep: change.ladderStep ?? place.ladderStep,
    relaxed: change.relaxed ?? place.relaxed,
    urgent: change.urgent ?? place.urgent,
    preferredUntil: change.unkept ? null : place.preferredUntil,
    alertedAt: change.alerted ? now : place.alertedAt,
  };
}
