import { startEngines } from './engine-host';

/** What the project `workflows` needs: no database, and a server that skips time. */
export default (): Promise<void> => startEngines('bundle', 'time-skipping');
