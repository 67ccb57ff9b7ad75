/** The time in which an agent waits for the customer, and the conversation costs only a part of its units. */
import { reserved } from '../capacity/units';
import type { Conversation } from './conversation';
import type { Hall } from './hall';
import type { Measure } from './measure';
import type { Held } from './workforce';

export interface Floor {
  readonly hall: Hall;
  readonly measure: Measure;
  readonly now: number;
}

/** It waits for its customer from now on. */
export function beginWaiting(one: Conversation, held: Held, floor: Floor): void {
  const factor = held.place.desk.queue.settings.waitingFactor ?? 1;
  revalue(one, held, reserved('waiting', 'assigned', held.units, factor), floor);
}

/** The customer has written again: the agent goes on with it, however full. */
export function endWaiting(one: Conversation, held: Held, floor: Floor): void {
  const { place, kind } = held;
  revalue(one, held, place.units[kind] ?? 0, floor);
  const { usedUnits, maxUnits } = place.worker.facts;
  if (usedUnits > maxUnits) floor.measure.count(one, 'overfilled');
}

function revalue(one: Conversation, held: Held, units: number, floor: Floor): void {
  floor.measure.worked(held.place.desk, held.units, one.heldSince, floor.now);
  one.heldSince = floor.now;
  one.held = floor.hall.workforce.revalue(held, units, floor.now);
}
