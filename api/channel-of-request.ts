import type { Request } from 'express';
import { z } from 'zod';
import type { ChannelAccount, RawRequest } from '../channels/channel';
import { AppError } from '../core/errors';
import type { StoredChannel } from '../db/channels/channel-account';
import { openSecrets, visitorSecret } from '../platform/channel-secrets';
import type { ApiDeps } from './deps';

/** The channel of this kind with this id. @throws AppError NOT_FOUND, also for an id that is none */
export async function channelOfKind(
  { lookups }: ApiDeps,
  kind: string,
  id: unknown,
): Promise<StoredChannel> {
  const uuid = z.uuid().safeParse(id);
  const channel = uuid.success ? await lookups.channel(uuid.data) : null;
  if (channel?.kind !== kind) throw new AppError('NOT_FOUND');
  return channel;
}

/** The account that an adapter works with. */
export function accountOf({ env }: ApiDeps, channel: StoredChannel): ChannelAccount {
  const { id, kind, settings, sealed } = channel;
  const secrets =
    kind === 'live-chat' ? [visitorSecret(env.secret)] : openSecrets(env.secret, sealed);
  return { id, settings, secrets };
}

/** The request as an adapter wants it; several headers of one name are refused by no adapter, so the first counts. */
export function rawRequest(req: Request, endpoint: string, body: Buffer): RawRequest {
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]),
  );
  return { endpoint, headers, body, receivedAt: Date.now() };
}
