/** Where the content of files lies, found by its own hash. Names and kinds are rows in Postgres. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

export interface StoredContent {
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

export interface Storage {
  /** Keeps the content and returns when it is safe on the disk. The same content twice is kept once. */
  put(content: Buffer): Promise<StoredContent>;
  /** A stream of the content, or null where there is none with this hash. */
  open(hash: string): Promise<{ readonly size: number; readonly stream: Readable } | null>;
}

const HASH = /^[0-9a-f]{64}$/;

/** Stores below `folder`, which is made when it is first needed. */
export function diskStorage(folder: string): Storage {
  const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  return {
    async put(content) {
      const hash = createHash('sha256').update(content).digest('hex');
      const path = pathOf(hash);
      if (!(await sizeOf(path))) await writeWhole(path, content);
      return { hash, size: content.byteLength };
    },
    async open(hash) {
      if (!HASH.test(hash)) return null;
      const size = await sizeOf(pathOf(hash));
      return size === null ? null : { size, stream: createReadStream(pathOf(hash)) };
    },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Either the whole content stands under the path, or nothing: also after a power cut. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  const entry = await open(folder, 'r');
  try {
    await entry.sync();
  } finally {
    await entry.close();
  }
}
