/** What the API may know of channels: how a request becomes messages, and who a live chat's visitor is. */
import { AppError } from '../core/errors';
import type { ChannelAccount, ParsedInbound, RawRequest } from './channel';
import { channelOf } from './registry';

export { originAllowed } from './live-chat/origin';
export { externalIdOfUser, isSignedUser } from './live-chat/signed-user';
export { messageOf as messageOfVisitor } from './live-chat/parse';
export { readVisitorToken, signVisitorToken, type Visitor } from './live-chat/visitor-token';

/**
 * Verifies and reads a request to a channel's own address.
 * @throws AppError NOT_FOUND for a kind without an adapter; what the channel's `parse` throws
 */
export function readInbound(
  kind: string,
  request: RawRequest,
  account: ChannelAccount,
): ParsedInbound[] {
  const channel = channelOf(kind);
  if (!channel) throw new AppError('NOT_FOUND');
  return channel.parse(request, account);
}

/** Largest file of a channel in bytes: by its settings, never above what the kind can carry. */
export function maxFileBytes(kind: string, settings: ChannelAccount['settings']): number {
  const most = channelOf(kind)?.capabilities.maxFileBytes ?? 0;
  const wanted = settings['maxFileBytes'];
  return typeof wanted === 'number' ? Math.min(wanted, most) : most;
}
