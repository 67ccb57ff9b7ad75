/** The credentials of a channel, as they are kept in its row. */
import { randomBytes } from 'node:crypto';
import { derivedToken, seal, unseal } from './seal';

const PURPOSE = 'channel';

/** A new signing secret, as Standard Webhooks writes them. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Seals credentials for `channel.sealed`, the newest first. */
export const sealSecrets = (secret: string, secrets: readonly string[]): Buffer =>
  seal(secret, PURPOSE, JSON.stringify(secrets));

/** Opens them; none where there are none. @throws Error where they were sealed with another secret */
export const openSecrets = (secret: string, sealed: Uint8Array | null): readonly string[] =>
  sealed ? (JSON.parse(unseal(secret, PURPOSE, sealed)) as string[]) : [];

/** What visitor tokens are signed with: it follows from the installation's secret, so it is nowhere stored. */
export const visitorSecret = (secret: string): string =>
  derivedToken(secret, 'visitor tokens', 'v1');
