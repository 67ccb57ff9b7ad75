import { AppError } from '../../core/errors';
import type { ChannelAccount, RawRequest } from '../channel';
import { originAllowed } from './origin';
import { readVisitorToken, type Visitor } from './visitor-token';

/**
 * Who is asking: by the token, from a website that may use the channel.
 * @throws AppError UNAUTHENTICATED, ORIGIN_REFUSED
 */
export function verifyVisitor(
  request: Pick<RawRequest, 'headers' | 'receivedAt'>,
  account: ChannelAccount,
): Visitor {
  const token = /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
  const visitor = account.secrets
    .map((secret) => readVisitorToken(secret, token, request.receivedAt))
    .find((known) => known !== null);
  if (visitor?.channelId !== account.id) throw new AppError('UNAUTHENTICATED');
  if (!originAllowed(request.headers['origin'], account.settings)) {
    throw new AppError('ORIGIN_REFUSED');
  }
  return visitor;
}
