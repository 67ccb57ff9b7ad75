import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporalAddress } from './engines';

const run = promisify(execFile);

// Plain .mjs cannot be imported under Jest, so a process is asked.
const ASK = `
  const { findTemporalCli } = await import(process.argv[1]);
  process.stdout.write(await findTemporalCli());`;

/** The `temporal` command on the dev server of the tests: what it printed. Rejects where it fails. */
export async function temporalCli(
  namespace: string,
): Promise<(...words: string[]) => Promise<string>> {
  const module = join(__dirname, '..', '..', 'embedded', 'temporal-cli.mjs');
  const { stdout: file } = await run(process.execPath, ['--input-type=module', '-e', ASK, module]);
  return async (...words) => {
    const where = ['--address', temporalAddress(), '--namespace', namespace];
    const { stdout } = await run(file, [...words, ...where, '--disable-config-file'], {
      env: { HOME: process.env['HOME'], PATH: process.env['PATH'] },
    });
    return stdout;
  };
}
