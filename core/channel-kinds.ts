/** Every kind of channel that the model knows. An adapter of a kind may come later than its name. */
export const CHANNEL_KINDS = [
  'live-chat',
  'email',
  'sms',
  'whatsapp',
  'messenger',
  'instagram',
  'telegram',
  'viber',
  'vk',
  'ok',
  'open',
  'voice',
] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
