/** Every workflow type that the workers run. */
export { conversation } from './conversation';
export { delivery } from './delivery';
export { queueHours } from './queue-hours';
export { reconcile } from './reconcile';
