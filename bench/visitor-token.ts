import { signVisitorToken } from '../channels/inbound';
import { visitorSecret } from '../platform/channel-secrets';
import { SECRET } from './ground';
import { idOf } from './seed';

/** A token of the visitor with this id, on live chat `channel`. */
export function visitorToken(externalId: string, channel = 1): string {
  const who = { channelId: idOf('channel', channel), externalId };
  return signVisitorToken(visitorSecret(SECRET), who, Date.now()).token;
}
