/** Every workflow type that the workers run. */
export { conversation } from './conversation';
export { reconcile } from './reconcile';
