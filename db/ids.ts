import { createHash, randomFillSync } from 'node:crypto';

const ID_BYTES = 16;
/** Random bytes for the next ids: asking for them costs more than their number does. */
const pool = Buffer.alloc(256 * ID_BYTES);
let used = pool.length;

/** A new row id: UUID version 7 (RFC 9562), so ids of one time lie together in an index. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, (used += ID_BYTES));
  bytes.writeUIntBE(now, 0, 6);
  return format(bytes, 7);
}

/** The same id for the same words: a repeated request makes the same row. UUID version 8 over SHA-256. */
export function idFrom(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);
  return format(bytes, 8);
}

/** Hash of what was asked for with a key, to tell a repeat from another request with the same key. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (version << 4) | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join('-');
}
