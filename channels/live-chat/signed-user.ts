import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * True where a website has signed that its visitor is its user with this id: HMAC-SHA-256 over the id, keyed by the
 * channel's secret as it was shown, in hexadecimal.
 */
export function isSignedUser(secrets: readonly string[], id: string, signature: string): boolean {
  const given = Buffer.from(signature, 'hex');
  return secrets.some((secret) => {
    const wanted = createHmac('sha256', secret).update(id).digest();
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

/** How the channel knows a website's user. No visitor's own id looks like this. */
export const externalIdOfUser = (id: string): string => `user/${id}`;
