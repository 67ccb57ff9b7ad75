/** How far a message of ours has come, and which news of it count. */
export type DeliveryState =
  'none' | 'pending' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

const RANK: Readonly<Record<DeliveryState, number>> = {
  none: 0,
  pending: 0,
  sending: 0,
  unknown: 1,
  failed: 1,
  sent: 2,
  delivered: 3,
  read: 4,
};

/**
 * The state after a report: it never goes back. `failed` counts until it is known that the message has arrived; a
 * message that was given up and arrived all the same has arrived.
 */
export function stateAfter(
  state: DeliveryState,
  reported: 'delivered' | 'read' | 'failed',
): DeliveryState {
  if (reported === 'failed') return RANK[state] < RANK.delivered ? 'failed' : state;
  return RANK[reported] > RANK[state] ? reported : state;
}
