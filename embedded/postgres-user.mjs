/** Postgres refuses to run as root, so root runs it as the system user `postgres`. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.mjs';

const name = 'postgres';

/** The user to run Postgres as: undefined for ourselves, for root `postgres`, made if missing. */
export function postgresUser(say) {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known) return known;
  say(`Postgres does not run as root: adding the system user "${name}" for it.`);
  for (const command of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name],
    ['adduser', '-S', '-D', '-H', '-s', '/bin/false', name],
  ]) {
    try {
      execFileSync(command[0], command.slice(1), { stdio: 'ignore' });
      break;
    } catch {
      // The other tool may be the one this system has.
    }
  }
  const made = lookUp();
  if (made) return made;
  throw new Failure(
    'Postgres does not run as root and no user could be added for it: run this as another user, or set DATABASE_URL.',
  );
}

function lookUp() {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const fields = line.split(':');
    if (fields[0] === name) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return undefined;
}

/** Whether `user` may pass every folder down to `path` and read it. */
export function reaches(path, user) {
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (stat && !mayEnter(stat, user)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter({ mode, uid, gid }, user) {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & 0o5) === 0o5;
}

/** A folder that root and `user` both reach, for what cannot stay where it was asked for. */
export function asideFor(user) {
  const folder = '/var/lib/switchyard';
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  if (reaches(folder, user)) return folder;
  throw new Failure(
    `The user ${user.name}, who runs Postgres for root, cannot reach ${folder}: open it with "chmod 755", or set DATABASE_URL.`,
  );
}
