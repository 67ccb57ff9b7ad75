/**
 * The Temporal SDK's own download of its servers. It is asked for one by starting a server once, in
 * a child process, because that download cannot be given up otherwise.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from './progress.mjs';

const site = 'https://temporal.download';
const reachedWithinMs = 4_000;
const stalledAfterMs = 30_000;

/**
 * Downloads `artifact` to the file `destination`, at most 10 minutes; gives up within seconds where
 * the site cannot be reached, and when nothing arrives for 30 seconds.
 *
 * @param {'cli' | 'temporal-test-server'} artifact
 * @returns {Promise<string | undefined>} the reason why it could not be had, or undefined
 */
export async function sdkDownload(artifact, version, destination) {
  const unreachable = await probe(artifact, version);
  if (unreachable) return unreachable;
  mkdirSync(dirname(destination), { recursive: true });
  const folder = mkdtempSync(`${destination}.download-`);
  const stalled = new AbortController();
  const watch = watchGrowth(folder, () => stalled.abort());
  try {
    const self = fileURLToPath(import.meta.url);
    const { code, output } = await run(process.execPath, [self, artifact, version, folder], {
      timeoutMs: 600_000,
      signal: stalled.signal,
      // The SDK would rather use a server that this shell is set up for.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...proxySettings() },
    });
    const file = readdirSync(folder).find((name) => !name.endsWith('.downloading'));
    if (code !== 0 || !file) return `the download from ${site} failed (${lastLine(output)})`;
    renameSync(join(folder, file), destination);
    return undefined;
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function probe(artifact, version) {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `${site}/${artifact}/${version}?arch=${arch}&platform=${process.platform}`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(reachedWithinMs) });
    return answer.ok ? undefined : `${site} has none for ${process.platform}-${arch}`;
  } catch {
    return `${site} cannot be reached`;
  }
}

const proxySettings = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => /_proxy$/i.test(name)));

const lastLine = (text) => text.split('\n').at(-1) || 'it stalled';

function watchGrowth(folder, stalled) {
  let size = 0;
  let since = Date.now();
  return setInterval(() => {
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    const now = sizes.reduce((sum, one) => sum + one, 0);
    if (now !== size) [size, since] = [now, Date.now()];
    if (Date.now() - since > stalledAfterMs) stalled();
  }, 1_000);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [artifact, version, downloadDir] = process.argv.slice(2);
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const server = { executable: { type: 'cached-download', version, downloadDir } };
  const environment = await (artifact === 'cli'
    ? TestWorkflowEnvironment.createLocal({ server })
    : TestWorkflowEnvironment.createTimeSkipping({ server }));
  await environment.teardown();
  process.exit();
}
