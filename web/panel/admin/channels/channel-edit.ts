import type { z } from 'zod';
import type { Channel } from '../load';

/** What an edit of a channel may hold, with the settings of its kind. Null takes an optional one away. */
export async function channelEdit(kind: Channel['kind']): Promise<z.ZodType> {
  const [{ editChannel }, settings] = await Promise.all([
    import('../../../../contracts/http/channels'),
    import('../../../../contracts/channel-settings'),
  ]);
  const shape: Readonly<Record<string, z.ZodType>> =
    kind === 'live-chat' ? settings.liveChatSettings.shape : settings.openChannelSettings.shape;
  const { z } = await import('zod');
  const ofKind = z
    .strictObject(
      Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.nullable()])),
    )
    .partial();
  return editChannel.body.extend({ settings: ofKind.optional() });
}
