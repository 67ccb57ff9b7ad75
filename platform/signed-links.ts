/** Links that open one file for a few minutes, to whoever holds them. */
import { timingSafeEqual } from 'node:crypto';
import { derivedToken } from './seal';

/** How long the link of an answer works. */
export const LINK_MS = 5 * 60 * 1000;

const PURPOSE = 'file links';

export interface SignedLink {
  /** Path and query, to be put behind the public address. */
  readonly path: string;
  readonly expiresAt: Date;
}

/** A link to the file that works for `ms` milliseconds from `now`, rounded down to a second. */
export function signLink(secret: string, fileId: string, ms: number, now: number): SignedLink {
  const expires = Math.floor((now + ms) / 1000);
  const signature = derivedToken(secret, PURPOSE, `${fileId}.${expires}`);
  return {
    path: `/files/${fileId}?expires=${expires}&signature=${signature}`,
    expiresAt: new Date(expires * 1000),
  };
}

/** True where the signature is ours, for this very file, and its time is not over. */
export function verifyLink(
  secret: string,
  fileId: string,
  query: { readonly expires: string; readonly signature: string },
  now: number,
): boolean {
  const given = Buffer.from(query.signature);
  const wanted = Buffer.from(derivedToken(secret, PURPOSE, `${fileId}.${query.expires}`));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
  return now < Number(query.expires) * 1000;
}
