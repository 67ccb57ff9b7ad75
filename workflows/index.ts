/** Every workflow type that the workers run. */
export { conversation } from './conversation';
export { delivery } from './delivery';
export { reconcile } from './reconcile';
