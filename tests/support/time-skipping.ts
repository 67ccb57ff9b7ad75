import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes';
import { isCi, timeSkippingServer } from './engines';

// Numbers of Temporal's own enumeration of search attribute types.
const numberOf = { KEYWORD: 2, INT: 3, DATETIME: 6 };

/**
 * A `describe` for tests on the time-skipping server. Where the machine cannot have that server the
 * suite is skipped and the reason printed; in CI it fails.
 */
export function describeWithTimeSkipping(name: string, body: () => void): void {
  const server = timeSkippingServer();
  if ('path' in server) {
    describe(name, body);
  } else if (isCi()) {
    describe(name, () => {
      it('has a time-skipping server', () => {
        throw new Error(`not run: ${server.missing}`);
      });
    });
  } else {
    process.stderr.write(`not run: "${name}": ${server.missing}\n`);
    describe.skip(name, body);
  }
}

/** A new server of its own for one test file, with our search attributes; tear it down after. */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const server = timeSkippingServer();
  if ('missing' in server) throw new Error(server.missing);
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: server.path } },
  });
  // Without them every workflow task that sets one fails, for ever.
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(
      SEARCH_ATTRIBUTES.map(({ name, type }) => [name, numberOf[type]]),
    ),
  });
  return environment;
}
