import type { InboundMessage } from '../channels/channel';
import { maxFileBytes } from '../channels/inbound';
import { checkFile } from '../core/files/check-file';
import type { StoredChannel } from '../db/channels/channel-account';
import { filesOfCustomer } from '../db/messages/files';
import { findOrCreateIdentity, type StoredIdentity } from '../db/customers/identities';
import { idFrom } from '../db/ids';
import type { Received } from '../db/messages/receive-message';
import type { ApiDeps } from './deps';
import { keepFile } from './keep-file';

/**
 * Takes a verified message: its customer, its files, then the message itself. Committed when it resolves, and the
 * same message again is answered with the first one. `known` is its customer, where they were looked up before.
 * @throws AppError FILE_KIND_REFUSED, FILE_TOO_LARGE, NOT_FOUND (a file that is not the customer's),
 *   CONVERSATION_IN_SURVEY
 */
export async function takeInbound(
  deps: ApiDeps,
  channel: StoredChannel,
  message: InboundMessage,
  known?: StoredIdentity | null,
): Promise<Received> {
  const { db, intake, lookups } = deps;
  const { id: channelId, kind, queueId, windowMode } = channel;
  const limit = maxFileBytes(kind, channel.settings);
  // Looked at before anything is written: what is refused leaves no trace.
  for (const file of message.files) checkFile(file, limit);
  const fileIds = await storedBefore(deps, channelId, message);
  const found = known ?? (await lookups.identity(channelId, message.from.externalId));
  const identity = await findOrCreateIdentity(db, { channelId, ...message.from }, found);
  const by = { identityId: identity.id };
  for (const [at, file] of message.files.entries()) {
    // The same file of the same message gets the same id, however often it is delivered.
    const fileId = idFrom('inbound file', channelId, message.externalId, String(at));
    fileIds.push((await keepFile(deps, fileId, file, by, limit)).id);
  }
  return intake.receive({
    channel: { id: channelId, kind, queueId, chatLike: true, windowMode },
    identityId: identity.id,
    contactId: identity.contactId,
    externalId: message.externalId,
    text: message.text,
    fileIds,
    sentAt: message.sentAt,
    during: message.during,
  });
}

/** The files that the customer stored to send them now. */
async function storedBefore(
  { db, lookups }: ApiDeps,
  channelId: string,
  { fileIds, from }: InboundMessage,
): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const customer = await lookups.identity(channelId, from.externalId);
  return filesOfCustomer(db, fileIds, customer?.id ?? null);
}
