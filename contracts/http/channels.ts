import { z } from 'zod';
import { liveChatSettings, openChannelSettings } from '../channel-settings';
import { endpoint } from '../endpoint';
import { shownSkills, wantedSkills } from '../skills';
import { byId, instant, line, pageOf, pageQuery, uuid } from '../shapes';

const common = {
  name: line(100),
  queueId: uuid.meta({ description: 'Where its new conversations go.' }),
  enabled: z.boolean().default(true),
  requiredSkills: wantedSkills.requiredSkills.default([]),
  preferredSkills: wantedSkills.preferredSkills.default([]),
};

const shown = {
  id: uuid,
  name: z.string(),
  queueId: uuid,
  enabled: z.boolean(),
  ...shownSkills,
  archived: z.boolean(),
  createdAt: instant,
};

export const channelShape = z
  .discriminatedUnion('kind', [
    z.object({ ...shown, kind: z.literal('live-chat'), settings: liveChatSettings }),
    z.object({
      ...shown,
      kind: z.literal('open'),
      settings: openChannelSettings,
      receiveUrl: z.string().meta({ description: 'Where the other system sends messages.' }),
      statusUrl: z.string().meta({ description: 'Where it reports how far ours have come.' }),
    }),
  ])
  .meta({ id: 'Channel' });

const signingSecret = z.string().meta({
  description:
    'Signs an open channel’s messages both ways; signs a website’s users for a live chat, which has none until it ' +
    'is asked for one. Shown here and never again.',
});

export const listChannels = endpoint({
  id: 'listChannels',
  method: 'get',
  path: '/channels',
  summary: 'Lists channels by name',
  query: pageQuery.extend({ archived: z.enum(['true', 'false']).default('false') }),
  response: pageOf(channelShape),
  errors: [],
  access: 'agent',
});

export const createChannel = endpoint({
  id: 'createChannel',
  method: 'post',
  path: '/channels',
  summary: 'Adds a channel',
  body: z.discriminatedUnion('kind', [
    z.strictObject({
      ...common,
      kind: z.literal('live-chat'),
      settings: liveChatSettings.default({ allowedOrigins: [] }),
    }),
    z.strictObject({
      ...common,
      kind: z.literal('open'),
      settings: openChannelSettings.default({ replyUrl: null, windowMode: 'none' }),
    }),
  ]),
  response: z.object({ channel: channelShape, signingSecret: signingSecret.nullable() }),
  status: 201,
  errors: ['NOT_FOUND', 'QUEUE_ARCHIVED'],
  access: 'admin',
});

export const getChannel = endpoint({
  id: 'getChannel',
  method: 'get',
  path: '/channels/{id}',
  summary: 'Reads one channel',
  params: byId,
  response: channelShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const editChannel = endpoint({
  id: 'editChannel',
  method: 'patch',
  path: '/channels/{id}',
  summary: 'Edits a channel; settings that are named are replaced, others stay',
  params: byId,
  body: z
    .strictObject({
      name: common.name,
      queueId: common.queueId,
      enabled: z.boolean(),
      ...wantedSkills,
      settings: z.record(z.string().max(40), z.unknown()).meta({
        description:
          'Fields of the settings of the channel’s kind; null takes an optional one away.',
      }),
    })
    .partial(),
  response: channelShape,
  errors: ['NOT_FOUND', 'QUEUE_ARCHIVED'],
  access: 'admin',
});

export const archiveChannel = endpoint({
  id: 'archiveChannel',
  method: 'delete',
  path: '/channels/{id}',
  summary: 'Archives a channel, which then takes no message any more',
  params: byId,
  errors: ['NOT_FOUND'],
  access: 'admin',
});

export const rotateSecret = endpoint({
  id: 'rotateChannelSecret',
  method: 'post',
  path: '/channels/{id}/secret',
  summary: 'Makes a new signing secret',
  description:
    'The one before it stays valid until the next call, so that the other side can follow.',
  params: byId,
  response: z.object({ signingSecret }),
  errors: ['NOT_FOUND'],
  access: 'admin',
});

export const channelsEndpoints = [
  listChannels,
  createChannel,
  getChannel,
  editChannel,
  archiveChannel,
  rotateSecret,
];
