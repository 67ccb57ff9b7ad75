import { findBrowser } from './find-browser';
import { startEngines } from './engine-host';

/** The engines of the project `browser`, and its browser, or why there is none. */
export default async (): Promise<void> => {
  const found = findBrowser();
  if ('path' in found) process.env['SWITCHYARD_TEST_BROWSER'] = found.path;
  else process.env['SWITCHYARD_TEST_BROWSER_MISSING'] = found.missing;
  await startEngines('postgres', 'temporal', 'bundle');
};
