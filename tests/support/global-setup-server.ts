import { startEngines } from './engine-host';

/** The engines of the project `server`. */
export default (): Promise<void> => startEngines('postgres', 'temporal', 'bundle');
