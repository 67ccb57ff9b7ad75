import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where downloaded and built binaries and the stamps of finished set-up steps are kept. */
export const cacheDir = resolve(root, process.env.SWITCHYARD_CACHE || '.cache');

/** Where the running product keeps its data, its logs and what it says about itself. */
export const homeDir = resolve(root, process.env.SWITCHYARD_HOME || '.switchyard');

/** A path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts);

/** SHA-256 over texts or buffers, in order. */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** The content of a file, or undefined where there is none. */
export function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A file's JSON, or undefined where it is missing or was cut off by a kill. */
export function readJson(file) {
  try {
    return JSON.parse(readIfThere(file)?.toString() ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
