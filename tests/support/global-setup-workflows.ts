import { startEngines } from './engine-host';

/** What the project `workflows` needs: a database, and a Temporal server that skips time. */
export default (): Promise<void> => startEngines('postgres', 'bundle', 'time-skipping');
