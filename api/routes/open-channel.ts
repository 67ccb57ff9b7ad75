import express, { Router, type Request, type RequestHandler } from 'express';
import type { ParsedInbound } from '../../channels/channel';
import { readInbound } from '../../channels/inbound';
import * as contract from '../../contracts/http/open-channel';
import { AppError } from '../../core/errors';
import type { StoredChannel } from '../../db/channels/channel-account';
import { reportDelivery } from '../../db/messages/report-delivery';
import { accountOf, channelOfKind, rawRequest } from '../channel-of-request';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';
import { takeInbound } from '../take-inbound';

/** A file of 15 MB as base64, and room for the rest. */
const MOST_BYTES = '21mb';

/** The system behind an open channel: its messages, and its reports on ours. Stands before any reader of JSON. */
export function openChannelRoutes(deps: ApiDeps): Router {
  const router = Router();
  const channels = new WeakMap<Request, StoredChannel>();

  // Nobody may make us read megabytes for a channel that does not exist.
  const find: RequestHandler = async (req, _res, next) => {
    channels.set(req, await channelOfKind(deps, 'open', req.params['id']));
    next();
  };
  // The very bytes are signed, so nothing is unpacked.
  const raw = express.raw({ type: () => true, limit: MOST_BYTES, inflate: false });
  const before = [find, raw];

  async function read(req: Request, endpoint: string): Promise<[StoredChannel, ParsedInbound]> {
    const channel = channels.get(req);
    if (!channel) throw new AppError('NOT_FOUND');
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const request = rawRequest(req, endpoint, body);
    const [parsed] = readInbound(channel.kind, request, accountOf(deps, channel));
    if (!parsed) throw new AppError('INVALID_REQUEST');
    return [channel, parsed];
  }

  serve(
    router,
    contract.receiveOpenMessage,
    async ({ req }) => {
      const [channel, parsed] = await read(req, 'receive');
      if (parsed.kind !== 'message') throw new AppError('INVALID_REQUEST');
      if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
      const { messageId, conversationId, duplicate } = await takeInbound(deps, channel, parsed);
      return { messageId, conversationId, duplicate };
    },
    { before },
  );

  serve(
    router,
    contract.reportOpenState,
    async ({ req }) => {
      const [channel, parsed] = await read(req, 'status');
      if (parsed.kind !== 'state') throw new AppError('INVALID_REQUEST');
      const { value: state, effects } = await reportDelivery(deps.db, channel.id, parsed);
      deps.afterCommit.start(effects);
      return { messageId: parsed.messageId, state };
    },
    { before },
  );

  return router;
}
