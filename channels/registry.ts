import type { Channel } from './channel';
import { liveChat } from './live-chat/live-chat';
import { openChannel } from './open/open-channel';

const CHANNELS: readonly Channel[] = [liveChat, openChannel];

/** The adapter of a kind; undefined for a kind that the model knows and nobody has built yet. */
export function channelOf(kind: string): Channel | undefined {
  return CHANNELS.find((channel) => channel.kind === kind);
}

/** Kinds whose messages leave the house, so that a worker must send them. */
export const outsideKinds: readonly string[] = CHANNELS.filter((channel) => channel.send).map(
  (channel) => channel.kind,
);
