import { Router } from 'express';
import type { z } from 'zod';
import { liveChatSettings, openChannelSettings } from '../../contracts/channel-settings';
import * as contract from '../../contracts/http/channels';
import { namePosition } from '../../contracts/shapes';
import { AppError } from '../../core/errors';
import * as channels from '../../db/channels/channels';
import { newSigningSecret, openSecrets, sealSecrets } from '../../platform/channel-secrets';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { fieldsOf } from '../middleware/errors';
import { serve } from '../serve';

const settingsOf = { 'live-chat': liveChatSettings, open: openChannelSettings } as const;
const isServed = (kind: string): kind is keyof typeof settingsOf => Object.hasOwn(settingsOf, kind);

/** What an administrator named, over what was set; null takes a field away, so its default holds again. */
function mergedSettings(
  channel: channels.Channel,
  named: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...channel.settings, ...named };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  if (!isServed(channel.kind)) throw new AppError('NOT_FOUND');
  const read = settingsOf[channel.kind].safeParse(Object.fromEntries(kept));
  if (!read.success) throw new AppError('INVALID_REQUEST', fieldsOf(read.error));
  return read.data;
}

/** Channels: where messages come in. */
export function channelRoutes(deps: ApiDeps): Router {
  const { db, env } = deps;
  const router = Router();

  function shown(channel: channels.Channel): z.input<typeof contract.channelShape> {
    const address = `${env.publicUrl}/api/v1/channels/${channel.id}`;
    const { kind, settings, ...rest } = channel;
    if (kind === 'live-chat') return { ...rest, kind, settings: liveChatSettings.parse(settings) };
    if (kind !== 'open') throw new AppError('NOT_FOUND');
    return {
      ...rest,
      kind,
      settings: openChannelSettings.parse(settings),
      receiveUrl: `${address}/receive`,
      statusUrl: `${address}/status`,
    };
  }

  serve(router, contract.listChannels, async ({ query }) => {
    const page = { limit: query.limit + 1, after: positionOf(namePosition, query.after) };
    const rows = await channels.listChannels(db, query.archived === 'true', page);
    return pageOfRows(rows, query.limit, { item: shown, position: (row) => [row.name, row.id] });
  });

  serve(router, contract.createChannel, async ({ body, actor, key }) => {
    const signed = body.kind === 'open';
    const sealed = signed ? sealSecrets(env.secret, [newSigningSecret()]) : null;
    await channels.createChannel(db, actor, { ...body, id: key, sealed });
    // Read back: a repeat after a crash finds the first one's secret.
    const [signingSecret = null] = openSecrets(env.secret, await channels.readSealed(db, key));
    return { channel: shown(await channels.readChannel(db, key)), signingSecret };
  });

  serve(router, contract.getChannel, async ({ params }) =>
    shown(await channels.readChannel(db, params.id)),
  );

  serve(router, contract.editChannel, async ({ params, body, actor }) => {
    const { settings: named, ...fields } = body;
    const channel = await channels.readChannel(db, params.id);
    const settings = named && mergedSettings(channel, named);
    await channels.editChannel(db, actor, params.id, { ...fields, settings });
    return shown(await channels.readChannel(db, params.id));
  });

  serve(router, contract.archiveChannel, async ({ params, actor }) => {
    await channels.archiveChannel(db, actor, params.id);
  });

  serve(router, contract.rotateSecret, async ({ params, actor }) => {
    const { kind } = await channels.readChannel(db, params.id);
    if (!isServed(kind)) throw new AppError('NOT_FOUND');
    const signingSecret = newSigningSecret();
    await channels.replaceSealed(db, actor, params.id, (sealed) => {
      const before = openSecrets(env.secret, sealed).slice(0, 1);
      return sealSecrets(env.secret, [signingSecret, ...before]);
    });
    return { signingSecret };
  });

  return router;
}
