/**
 * Bundles the workflows once, so that no worker has to when it starts.
 *   node embedded/bundle.mjs <output file>
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, runCommand } from './failure.mjs';
import { inRoot } from './paths.mjs';

/** Writes the bundle of workflows/index.ts to `output`; rejects with what the bundler said. */
export async function bundleWorkflows(output) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const problems = [];
  const logger = new DefaultLogger('WARN', ({ message }) => problems.push(message));
  let code;
  try {
    ({ code } = await bundleWorkflowCode({
      workflowsPath: inRoot('workflows', 'index.ts'),
      payloadConverterPath: inRoot('workflows', 'payload-converter.ts'),
      // Evaluated once a worker instead of once a conversation: none of these modules holds anything of a run.
      preloadModules: [inRoot('workflows', 'index.ts')],
      logger,
    }));
  } catch (error) {
    throw new Failure(
      `The workflows cannot be bundled: ${[error.message, ...problems].join('\n')}`,
    );
  }
  mkdirSync(dirname(output), { recursive: true });
  const unfinished = `${output}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, output);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    const output = process.argv[2];
    if (!output) throw new Failure('Usage: node embedded/bundle.mjs <output file>');
    await bundleWorkflows(output);
  });
  // The native part of the SDK keeps the process for a while otherwise.
  process.exit();
}
