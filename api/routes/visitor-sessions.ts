import { Router } from 'express';
import {
  externalIdOfUser,
  isSignedUser,
  maxFileBytes,
  readVisitorToken,
  signVisitorToken,
} from '../../channels/inbound';
import * as contract from '../../contracts/http/visitor';
import { AppError } from '../../core/errors';
import { describeIdentity } from '../../db/customers/describe-identity';
import { findOrCreateIdentity } from '../../db/customers/identities';
import { newId } from '../../db/ids';
import { currentConversation, readSnapshot } from '../../db/messages/visitor';
import { queueState } from '../../db/messages/visitor-place';
import { openSecrets, visitorSecret } from '../../platform/channel-secrets';
import { RateLimit } from '../../platform/rate-limit';
import { channelOfKind } from '../channel-of-request';
import type { ApiDeps } from '../deps';
import { pageAllowed } from '../page-origin';
import { serve } from '../serve';
import { answersOf, languageOf, settingsOfLiveChat, welcomeIn, widgetOf } from '../shown-widget';

/** New visitors from one address: an office behind one address has many, a flood has more. */
const SESSIONS_A_MINUTE = 120;

/** How a browser becomes a visitor, or the one it was. */
export function visitorSessionRoutes(deps: ApiDeps): Router {
  const { db, env } = deps;
  const router = Router();
  const starts = new RateLimit({ max: SESSIONS_A_MINUTE, windowMs: 60_000 });

  serve(router, contract.startVisitorSession, async ({ params, body, req, res }) => {
    const channel = await channelOfKind(deps, 'live-chat', params.channelId);
    if (!pageAllowed(env, req.headers, channel.settings)) throw new AppError('ORIGIN_REFUSED');
    if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
    if (!starts.take(req.ip ?? '')) throw new AppError('RATE_LIMITED');
    const settings = settingsOfLiveChat(channel.settings);
    const secret = visitorSecret(env.secret);
    const now = Date.now();
    const { user } = body;
    const signed = user && openSecrets(env.secret, channel.sealed);
    if (signed && !isSignedUser(signed, user.id, user.signature)) {
      throw new AppError('SIGNATURE_INVALID');
    }
    const former = body.token === undefined ? null : readVisitorToken(secret, body.token, now);
    // A signed user is that user, whoever looked at the page before.
    const wanted = user && externalIdOfUser(user.id);
    const resumed =
      former?.channelId === channel.id &&
      (wanted ? former.externalId === wanted : !body.signedOut || !isUser(former.externalId));
    const said = body.language;
    const language =
      said !== undefined ? languageOf(settings, said) : resumed ? former.language : undefined;
    const who = {
      channelId: channel.id,
      externalId: wanted ?? (resumed ? former.externalId : newId()),
      language,
    };
    const { name, email, phone } = body;
    const answers = answersOf(settings, body.answers ?? {});
    const told =
      answers.length > 0 || name !== undefined || email !== undefined || phone !== undefined;
    const known = await deps.lookups.identity(who.channelId, who.externalId);
    // A session that says nothing of its visitor leaves no trace of them.
    const identity =
      told || known ? await findOrCreateIdentity(db, { ...who, name, email, phone }, known) : null;
    if (identity && answers.length > 0) await describeIdentity(db, identity.id, { answers });
    const current = identity && (await currentConversation(db, identity.id));
    const snapshot = identity && current ? await readSnapshot(db, identity.id, current) : null;
    const { token, expiresAt } = signVisitorToken(secret, who, now);
    const spoken = languageOf(settings, language === undefined ? [] : [language]);
    if (resumed) res.status(200);
    return {
      token,
      expiresAt: new Date(expiresAt).toISOString(),
      resumed,
      channel: {
        id: channel.id,
        name: channel.name,
        welcome: welcomeIn(settings, spoken),
        maxFileBytes: maxFileBytes(channel.kind, channel.settings),
        ...(await queueState(db, channel.queueId)),
        widget: widgetOf(settings, spoken),
      },
      conversation: snapshot?.conversation ?? null,
    };
  });

  return router;
}

const isUser = (externalId: string): boolean => externalId.startsWith(externalIdOfUser(''));
