import { stopEngines } from './engine-host';

/** Runs once, after all projects. */
export default stopEngines;
