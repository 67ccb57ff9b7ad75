import { mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, explain } from './failure.mjs';
import { cacheDir, inRoot } from './paths.mjs';
import { run, withProgress } from './progress.mjs';
import { sdkDownload } from './sdk-download.mjs';
import { isExecutable, onPath } from './tools.mjs';

const version = '1.8.2';
// The first whose server knows all that the workflows use.
const oldest = [1, 5, 1];
const cached = join(cacheDir, 'temporal', `temporal-${version}`);
const remedy =
  'install the Temporal CLI (https://docs.temporal.io/cli) or Go 1.26, or set TEMPORAL_CLI_PATH, or TEMPORAL_ADDRESS to a server of your own';

/**
 * The Temporal CLI, which is also the dev server: TEMPORAL_CLI_PATH, `temporal` on PATH, our cache.
 *
 * @returns {Promise<string | undefined>} absolute path
 */
export async function findTemporalCli() {
  const given = process.env.TEMPORAL_CLI_PATH;
  if (given) {
    if (isExecutable(given)) return resolve(given);
    throw new Failure(`TEMPORAL_CLI_PATH is ${given}, which cannot be run: correct or unset it.`);
  }
  const installed = onPath('temporal');
  if (installed && (await isNewEnough(installed))) return installed;
  return isExecutable(cached) ? cached : undefined;
}

/** As findTemporalCli; where there is none, the SDK's download, else a build with Go. */
export async function obtainTemporalCli() {
  const found = await findTemporalCli();
  if (found) return found;
  const missed = await withProgress(
    'Downloading the Temporal dev server (60 MB; given up within seconds if out of reach).',
    () => sdkDownload('cli', `v${version}`, cached),
  );
  if (!missed) return cached;
  const go = onPath('go');
  if (!go)
    throw new Failure(`There is no Temporal server: ${missed}, and Go is missing: ${remedy}.`);
  await withProgress(
    `Building the Temporal dev server ${version} with Go, since ${missed} (2 to 8 minutes, once).`,
    () => build(go),
  );
  return cached;
}

async function isNewEnough(file) {
  const { output } = await run(file, ['--version'], { timeoutMs: 10_000 });
  const numbers = /version v?(\d+)\.(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number);
  if (!numbers) return false;
  const differs = numbers.findIndex((number, place) => number !== oldest[place]);
  return differs === -1 || numbers[differs] > oldest[differs];
}

async function build(go) {
  mkdirSync(join(cacheDir, 'temporal'), { recursive: true });
  const unfinished = `${cached}.unfinished`;
  const name = `github.com/temporalio/cli/internal/temporalcli.Version=${version}`;
  const { code, output } = await run(
    go,
    [
      ...['build', '-trimpath', '-ldflags', `-s -w -X ${name}`, '-o', unfinished],
      'github.com/temporalio/cli/cmd/temporal',
    ],
    { cwd: inRoot('embedded', 'temporal'), env: { ...process.env, CGO_ENABLED: '0' } },
  );
  if (code !== 0) {
    const said = explain(output) ?? output;
    throw new Failure(`The Temporal server could not be built: ${remedy}. Go said:\n${said}`);
  }
  renameSync(unfinished, cached);
}
