import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const keepBytes = 20 * 1024 * 1024;

/** Opens a log file for appending; one grown past 20 MB is put aside as `.old` first. */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > keepBytes) {
    renameSync(file, `${file}.old`);
  }
  return openSync(file, 'a');
}

/** What was appended to a log file since it had `from` bytes, its last 16 kB at most. */
export function logSince(file, from = 0) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const start = Math.max(from, size - 16_384);
  if (start >= size) return '';
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(size - start);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, start)).toString();
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes in a log file now. */
export const logSize = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
