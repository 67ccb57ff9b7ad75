/** Keys derived from the installation's secret, and what is done with them: sealing, and tokens that need no storage. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/** Deriving one costs more than all that is then done with it. There are as many as purposes. */
const derived = new Map<string, Buffer>();

/** A key for one purpose; keys of two purposes tell nothing of each other. */
function keyFor(secret: string, purpose: string): Buffer {
  const name = `${purpose} ${secret}`;
  const key =
    derived.get(name) ?? Buffer.from(hkdfSync('sha256', secret, 'switchyard', purpose, 32));
  derived.set(name, key);
  return key;
}

/** Seals bytes so that only this installation reads them, and only for the same purpose (AES-256-GCM). */
export function seal(secret: string, purpose: string, plain: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), iv);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
}

/**
 * Opens what `seal` made.
 * @throws Error where it was changed, or sealed with another secret or for another purpose
 */
export function unseal(secret: string, purpose: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== VERSION) throw new Error('sealed by an unknown version');
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(tag);
  const body = bytes.subarray(1 + IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

/** A token that follows from words and the secret: the same words give the same token, and nobody else can make it. */
export function derivedToken(secret: string, purpose: string, words: string): string {
  return createHmac('sha256', keyFor(secret, purpose)).update(words).digest('base64url');
}
