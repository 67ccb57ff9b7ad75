import { Failure, explain } from './failure.mjs';
import { inRoot, readJson } from './paths.mjs';
import { run, withProgress } from './progress.mjs';

/** Installs the npm packages of package-lock.json where node_modules does not hold just these. */
export async function installDependencies() {
  if (areInstalled()) return;
  await withProgress('Installing npm packages (half a minute to three minutes).', async () => {
    // npm says where it lives when it runs us; alone, `node embedded/bin/...` must find it on PATH.
    const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
      ? [process.execPath, process.env.npm_execpath]
      : ['npm'];
    const { code, output } = await run(
      npm[0],
      [...npm.slice(1), 'ci', '--include=dev', '--include=optional', '--loglevel=error'],
      { cwd: inRoot() },
    );
    if (code === 0) return;
    if (/ENOENT/.test(output) && npm[0] === 'npm' && code === null) {
      throw new Failure('npm is missing: install it (it comes with Node) and try again.');
    }
    throw new Failure(
      explain(output) ??
        `The npm packages could not be installed; check the network and try again. npm said:\n${output}`,
    );
  });
}

/** Whether node_modules holds just the packages of package-lock.json: npm writes its own account of it as the last act. */
export function areInstalled() {
  const wanted = readJson(inRoot('package-lock.json'))?.packages;
  const present = readJson(inRoot('node_modules', '.package-lock.json'))?.packages;
  if (!wanted) throw new Failure('package-lock.json is missing: restore it ("git checkout").');
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const installed = present[path];
    // Packages of other platforms are not installed, and that is right.
    if (!installed) return entry.optional === true || entry.devOptional === true;
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}
