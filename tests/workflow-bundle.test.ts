import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Bundles and returns what the bundler had to say; rejects when it refuses. */
async function bundle(workflowsPath: string): Promise<{ code: string; said: string }> {
  const said: string[] = [];
  const logger = new DefaultLogger('WARN', ({ message }) => said.push(message));
  try {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger });
    return { code, said: said.join('\n') };
  } catch (error) {
    throw new Error([String(error), ...said].join('\n'), { cause: error });
  }
}

test('the workflows reach nothing that is not allowed in the sandbox', async () => {
  const { code, said } = await bundle(join(root, 'workflows', 'index.ts'));
  expect(code.length).toBeGreaterThan(0);
  expect(said).toBe('');
});

test('a workflow that reaches the database is refused', async () => {
  // Inside the checkout, so that `pg` is found there.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'refused-'));
  try {
    const file = join(folder, 'index.ts');
    writeFileSync(
      file,
      `import { Client } from 'pg';\nexport async function reach(): Promise<void> {\n  await new Client().connect();\n}\n`,
    );
    await expect(bundle(file)).rejects.toThrow(/disallowed modules:[^]*'net'/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
