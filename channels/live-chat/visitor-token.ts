/** The token by which a browser is known again. It names no person: a channel, an id that we made up, an end. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** As long as a returning customer is remembered. */
const LIFETIME_MS = 99 * 24 * 60 * 60 * 1000;

export interface Visitor {
  readonly channelId: string;
  /** The visitor, as the channel knows them. */
  readonly externalId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const signatureOf = (secret: string, payload: string): Buffer =>
  createHmac('sha256', secret).update(`v1.${payload}`).digest();

/** A token for this visitor that lives for 99 days from `now`. */
export function signVisitorToken(
  secret: string,
  who: Pick<Visitor, 'channelId' | 'externalId'>,
  now: number,
): { token: string; expiresAt: number } {
  const expiresAt = now + LIFETIME_MS;
  const payload = Buffer.from(JSON.stringify([who.channelId, who.externalId, expiresAt])).toString(
    'base64url',
  );
  return {
    token: `v1.${payload}.${signatureOf(secret, payload).toString('base64url')}`,
    expiresAt,
  };
}

/** Null for a token that is not ours, or whose time is over. */
export function readVisitorToken(secret: string, token: string, now: number): Visitor | null {
  const [version, payload = '', signature = '', ...rest] = token.split('.');
  if (version !== 'v1' || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const wanted = signatureOf(secret, payload);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  // Ours, so its form is known.
  const [channelId, externalId, expiresAt] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as [string, string, number];
  return now < expiresAt ? { channelId, externalId, expiresAt } : null;
}
