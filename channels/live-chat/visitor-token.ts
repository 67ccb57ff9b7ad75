/** The token by which a browser is known again: a channel, an id (made up by us, or proven), an end, a language. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** As long as a returning customer is remembered. */
const LIFETIME_MS = 99 * 24 * 60 * 60 * 1000;

export interface Visitor {
  readonly channelId: string;
  /** The visitor, as the channel knows them. */
  readonly externalId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The tag of the language in which the visitor is spoken to, where the page has said it. */
  readonly language?: string | undefined;
}

const signatureOf = (secret: string, payload: string): Buffer =>
  createHmac('sha256', secret).update(`v1.${payload}`).digest();

/** A token for this visitor that lives for 99 days from `now`. */
export function signVisitorToken(
  secret: string,
  who: Pick<Visitor, 'channelId' | 'externalId' | 'language'>,
  now: number,
): { token: string; expiresAt: number } {
  const expiresAt = now + LIFETIME_MS;
  const { channelId, externalId, language } = who;
  const said = [channelId, externalId, expiresAt, ...(language === undefined ? [] : [language])];
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
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
  const [channelId, externalId, expiresAt, language] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as [string, string, number, string?];
  return now < expiresAt ? { channelId, externalId, expiresAt, language } : null;
}
