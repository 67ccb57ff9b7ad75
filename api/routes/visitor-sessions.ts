import { Router } from 'express';
import {
  maxFileBytes,
  originAllowed,
  readVisitorToken,
  signVisitorToken,
} from '../../channels/inbound';
import * as contract from '../../contracts/http/visitor';
import { AppError } from '../../core/errors';
import { findOrCreateIdentity } from '../../db/customers/identities';
import { newId } from '../../db/ids';
import { queueOpens } from '../../db/queues/queue-hours';
import { currentConversation, readSnapshot } from '../../db/messages/visitor';
import { visitorSecret } from '../../platform/channel-secrets';
import { RateLimit } from '../../platform/rate-limit';
import { channelOfKind } from '../channel-of-request';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** New visitors from one address: an office behind one address has many, a flood has more. */
const SESSIONS_A_MINUTE = 120;

/** How a browser becomes a visitor, or the one it was. */
export function visitorSessionRoutes(deps: ApiDeps): Router {
  const { db, env } = deps;
  const router = Router();
  const starts = new RateLimit({ max: SESSIONS_A_MINUTE, windowMs: 60_000 });

  serve(router, contract.startVisitorSession, async ({ params, body, req, res }) => {
    const channel = await channelOfKind(deps, 'live-chat', params.channelId);
    if (!originAllowed(req.headers.origin, channel.settings)) throw new AppError('ORIGIN_REFUSED');
    if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
    if (!starts.take(req.ip ?? '')) throw new AppError('RATE_LIMITED');
    const secret = visitorSecret(env.secret);
    const now = Date.now();
    const former = body.token === undefined ? null : readVisitorToken(secret, body.token, now);
    const resumed = former?.channelId === channel.id;
    const who = {
      channelId: channel.id,
      externalId: resumed ? former.externalId : newId(),
    };
    const { name, email } = body;
    const said = name !== undefined || email !== undefined;
    const identity = said
      ? await findOrCreateIdentity(db, { ...who, name, email })
      : await deps.lookups.identity(who.channelId, who.externalId);
    const current = identity && (await currentConversation(db, identity.id));
    const snapshot = identity && current ? await readSnapshot(db, identity.id, current) : null;
    const { token, expiresAt } = signVisitorToken(secret, who, now);
    const { welcome } = channel.settings;
    if (resumed) res.status(200);
    return {
      token,
      expiresAt: new Date(expiresAt).toISOString(),
      resumed,
      channel: {
        id: channel.id,
        name: channel.name,
        welcome: typeof welcome === 'string' ? welcome : null,
        maxFileBytes: maxFileBytes(channel.kind, channel.settings),
        ...(await queueOpens(db, channel.queueId)),
      },
      conversation: snapshot?.conversation ?? null,
    };
  });

  return router;
}
