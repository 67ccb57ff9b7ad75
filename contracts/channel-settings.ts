/** What can be set for a channel, by its kind. */
import { z } from 'zod';
import { customerText } from './customer-text';
import { line } from './shapes';
import { widgetSettings } from './widget-settings';

const httpUrl = z
  .url({ protocol: /^https?$/, message: 'must be an http or https address' })
  .max(2000);

/** As browsers write it: scheme, host and port, without a path. A wildcard would never equal one. */
const origin = httpUrl.refine(
  (text) => !text.includes('*') && URL.canParse(text) && new URL(text).origin === text,
  {
    message: 'must be an origin, such as https://www.example.com',
  },
);

const megabytes = (most: number): z.ZodInt =>
  z
    .int()
    .min(1024)
    .max(most * 1024 * 1024);

export const liveChatSettings = z.strictObject({
  allowedOrigins: z.array(origin).max(100).default([]),
  maxFileBytes: megabytes(20).optional(),
  welcome: z.union([line(500), customerText]).optional(),
  ...widgetSettings,
});

export const openChannelSettings = z.strictObject({
  replyUrl: httpUrl.nullable().default(null),
  windowMode: z.enum(['none', '24h', '7d']).default('none'),
  maxFileBytes: megabytes(15).optional(),
});
