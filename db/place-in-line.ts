import { orderKey } from '../core/routing/order';
import type { QueueSettings } from '../core/routing/policy';
import type { Columns } from './write-conversation';

/** The columns that put a conversation into its queue's line. `queuedSince` in milliseconds. */
export function lineColumns(place: {
  weight: number;
  settings: QueueSettings;
  priority: number;
  queuedSince: number;
  front: boolean;
}): Columns {
  return {
    queued_since: new Date(place.queuedSince),
    front: place.front,
    order_key: orderKey({
      weight: place.weight,
      priority: place.priority,
      agingMinutes: place.settings.agingMinutes ?? 0,
      queuedSince: place.queuedSince,
      front: place.front,
    }),
  };
}
