/** Links that open one file for a few minutes, to whoever holds them. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a link of an API answer works. */
export const LINK_MS = 5 * 60 * 1000;

export interface SignedLink {
  /** Path and query, to be put behind the public address. */
  readonly path: string;
  readonly expiresAt: Date;
}

export interface LinkSigner {
  /** A link to the file that works for `ms` milliseconds from `now`. */
  sign(fileId: string, ms: number, now: number): SignedLink;
  /** True where the signature is ours, for this very file, and its time is not over. */
  verify(
    fileId: string,
    query: { readonly expires: string; readonly signature: string },
    now: number,
  ): boolean;
}

/** Signs with a key of its own, derived from the installation's secret. */
export function linkSigner(secret: string): LinkSigner {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'switchyard file links', 32));
  const signatureOf = (fileId: string, expires: string): Buffer =>
    createHmac('sha256', key).update(`${fileId}.${expires}`).digest();
  return {
    sign(fileId, ms, now) {
      const expires = String(Math.floor((now + ms) / 1000));
      const signature = signatureOf(fileId, expires).toString('base64url');
      return {
        path: `/files/${fileId}?expires=${expires}&signature=${signature}`,
        expiresAt: new Date(Number(expires) * 1000),
      };
    },
    verify(fileId, { expires, signature }, now) {
      const given = Buffer.from(signature, 'base64url');
      const wanted = signatureOf(fileId, expires);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
      return now < Number(expires) * 1000;
    },
  };
}
