/** Standard Webhooks signatures: HMAC-SHA256 over `id.timestamp.body`, base64, both ways the same. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../core/errors';
import type { RawRequest } from '../channel';

const TOLERANCE_S = 5 * 60;
const PREFIX = 'whsec_';

const keyOf = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');

function signatureOf(secret: string, id: string, timestamp: string, body: Buffer): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Headers of a signed request; one signature a secret, so that a receiver may change secrets at its leisure. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  body: Buffer,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${signatureOf(secret, id, timestamp, body).toString('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/** @throws AppError SIGNATURE_INVALID; SIGNATURE_REPLAYED for a true signature of another time */
export function verifySignature(request: RawRequest, secrets: readonly string[]): void {
  const id = request.headers['webhook-id'] ?? '';
  const timestamp = request.headers['webhook-timestamp'] ?? '';
  const given = (request.headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  if (!id || !/^\d{1,12}$/.test(timestamp)) throw new AppError('SIGNATURE_INVALID');
  const known = secrets.some((secret) => {
    const wanted = signatureOf(secret, id, timestamp, request.body);
    return given.some((each) => each.length === wanted.length && timingSafeEqual(each, wanted));
  });
  if (!known) throw new AppError('SIGNATURE_INVALID');
  const age = Math.abs(request.receivedAt / 1000 - Number(timestamp));
  if (age > TOLERANCE_S) throw new AppError('SIGNATURE_REPLAYED');
}
