import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readJson } from './paths.mjs';
import { remember, stillRuns } from './processes.mjs';

/**
 * Takes a lock that lives as long as this process. One left by a killed process is taken over.
 *
 * @returns {{ release(): void } | { holder: number }} holder is the process that has it now
 */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(remember(process.pid)));
  try {
    for (;;) {
      try {
        // A link is made whole or not at all, and only where there is none.
        linkSync(mine, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readJson(file);
      if (stillRuns(holder) && holder.pid !== process.pid) return { holder: holder.pid };
      putAside(file, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

// Another process may have taken the lock over meanwhile: then it gets its own back.
function putAside(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    const taken = readJson(aside);
    if (taken?.pid !== stale?.pid || taken?.born !== stale?.born) linkSync(aside, file);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
