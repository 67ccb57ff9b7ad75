import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A Chromium for the journeys: the one of CHROMIUM_PATH, of PATH, of Playwright's own download, else, on Debian as
 * root, the distribution's package.
 */
export function findBrowser(): { path: string } | { missing: string } {
  const given = process.env['CHROMIUM_PATH'];
  if (given)
    return runs(given) ? { path: given } : { missing: `CHROMIUM_PATH, ${given}, does not run` };
  const path = onPath() ?? downloaded();
  if (path) return { path };
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debian) {
    return { missing: 'there is no Chromium: install one, or name it by CHROMIUM_PATH' };
  }
  process.stderr.write('Installing Chromium by apt-get (a minute).\n');
  const words = ['install', '-y', '--no-install-recommends', 'chromium'];
  const install = spawnSync('apt-get', words, { encoding: 'utf8' });
  const installed = onPath();
  if (installed) return { path: installed };
  const said = `${install.stdout ?? ''}${install.stderr ?? ''}`.trim().split('\n').at(-1) ?? '';
  return { missing: `there is no Chromium, and apt-get could not install one: ${said}` };
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(runs);
}

function downloaded(): string | undefined {
  const path = chromium.executablePath();
  return runs(path) ? path : undefined;
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
