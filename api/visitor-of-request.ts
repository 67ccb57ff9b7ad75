import type { Request, RequestHandler } from 'express';
import { readVisitorToken, type Visitor } from '../channels/inbound';
import { AppError } from '../core/errors';
import type { StoredChannel } from '../db/channels/channel-account';
import type { KnownIdentity, StoredIdentity } from '../db/customers/identities';
import { visitorSecret } from '../platform/channel-secrets';
import type { ApiDeps } from './deps';
import { pageAllowed, type AskingPage } from './page-origin';

/** A visitor of a website, and the live chat they came by. */
export interface KnownVisitor {
  readonly visitor: Visitor;
  readonly channel: StoredChannel;
  /** Null while they have written and stored nothing. */
  readonly identity: StoredIdentity | null;
}

/**
 * Who asks, by a token and from an allowed origin.
 * @throws AppError UNAUTHENTICATED, ORIGIN_REFUSED
 */
export async function knowVisitor(
  deps: ApiDeps,
  given: AskingPage & { readonly authorization: string | undefined },
): Promise<KnownVisitor> {
  const token = /^Bearer (\S+)$/i.exec(given.authorization ?? '')?.[1] ?? '';
  const visitor = readVisitorToken(visitorSecret(deps.env.secret), token, Date.now());
  if (!visitor) throw new AppError('UNAUTHENTICATED');
  const { channelId, externalId } = visitor;
  const { lookups } = deps;
  const [channel, identity] = await Promise.all([
    lookups.channel(channelId),
    lookups.identity(channelId, externalId),
  ]);
  if (channel?.kind !== 'live-chat') throw new AppError('UNAUTHENTICATED');
  if (!pageAllowed(deps.env, given, channel.settings)) throw new AppError('ORIGIN_REFUSED');
  return { visitor, channel, identity };
}

const known = new WeakMap<Request, KnownVisitor>();

/** Lets visitors through, and nobody else. */
export const onlyVisitors =
  (deps: ApiDeps): RequestHandler =>
  async (req, _res, next) => {
    const { authorization, origin, referer } = req.headers;
    known.set(req, await knowVisitor(deps, { authorization, origin, referer }));
    next();
  };

/** The visitor whom `onlyVisitors` let through. */
export function visitorOf(req: Request): KnownVisitor {
  const visitor = known.get(req);
  if (!visitor) throw new AppError('UNAUTHENTICATED');
  return visitor;
}

/** Whose an idempotency key of this request is. */
export const visitorScope = (req: Request): string => {
  const { visitor, channel } = visitorOf(req);
  return `visitor ${channel.id} ${visitor.externalId}`;
};

/** The visitor's identity. @throws AppError NOT_FOUND for one who has written and stored nothing yet */
export function identityOf({ identity }: KnownVisitor): KnownIdentity {
  if (!identity) throw new AppError('NOT_FOUND');
  return identity;
}
