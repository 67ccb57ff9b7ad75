/** What the global set-up of this test run started, as the tests find it. */

function told(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this test is in the wrong project.`);
  return value;
}

/** Superuser's url of the throw-away Postgres, database `postgres`. */
export const postgresUrl = (): string => told('SWITCHYARD_TEST_PG');

/** host:port of the throw-away Temporal dev server, namespace `default`. */
export const temporalAddress = (): string => told('SWITCHYARD_TEST_TEMPORAL');

/** Path of the workflows' bundle: `workflowBundle: { codePath: workflowBundlePath() }`. */
export const workflowBundlePath = (): string => told('SWITCHYARD_TEST_BUNDLE');

/** Path of the time-skipping server, or the reason why there is none on this machine. */
export function timeSkippingServer(): { path: string } | { missing: string } {
  const missing = process.env['SWITCHYARD_TEST_TIME_SKIPPING_MISSING'];
  return missing === undefined ? { path: told('SWITCHYARD_TEST_TIME_SKIPPING') } : { missing };
}

/** Whether this runs in CI, where a suite that cannot run is a failure. */
export const isCi = (): boolean => Boolean(process.env['CI']);

/** Path of the browser for the journeys, or the reason why there is none on this machine. */
export function browser(): { path: string } | { missing: string } {
  const missing = process.env['SWITCHYARD_TEST_BROWSER_MISSING'];
  return missing === undefined ? { path: told('SWITCHYARD_TEST_BROWSER') } : { missing };
}
