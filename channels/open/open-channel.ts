import { MAX_OPEN_CHANNEL_FILE_BYTES } from '../../core/files/check-file';
import type { Channel } from '../channel';
import { parse } from './parse';
import { send } from './send';

/** Any system that can make and take a signed HTTP request. */
export const openChannel: Channel = {
  kind: 'open',
  capabilities: { idempotentSend: true, maxFileBytes: MAX_OPEN_CHANNEL_FILE_BYTES },
  parse,
  send,
};
