/** Something the person at the keyboard can cure: one sentence, with the remedy in it. */
export class Failure extends Error {}

/** The sentence for errors of the machine that have a known remedy, or undefined. */
export function explain(text) {
  if (/ENOSPC|No space left on device|database or disk is full/i.test(text)) {
    return 'The disk is full: free some space, or set SWITCHYARD_HOME and SWITCHYARD_CACHE to folders on another disk.';
  }
  if (/EDQUOT|Disk quota exceeded/i.test(text)) {
    return 'The disk quota is used up: free some space, or set SWITCHYARD_HOME and SWITCHYARD_CACHE elsewhere.';
  }
  if (/EROFS|Read-only file system/i.test(text)) {
    return 'The folder is read-only: set SWITCHYARD_HOME and SWITCHYARD_CACHE to folders that can be written.';
  }
  if (/EMFILE|ENFILE|Too many open files/i.test(text)) {
    return 'Too many files are open on this machine: raise the limit (ulimit -n 4096) and try again.';
  }
  return undefined;
}

/**
 * Runs the body of a command. A Failure, and an error of the machine with a known remedy, ends the
 * process with its sentence and code 1; anything else is a defect and keeps its stack.
 */
export async function runCommand(body) {
  try {
    await body();
  } catch (error) {
    const sentence = error instanceof Failure ? error.message : explain(String(error?.message));
    console.error(sentence ?? error);
    process.exitCode = 1;
  }
}
