import { MAX_FILE_BYTES } from '../../core/files/check-file';
import type { Channel } from '../channel';
import { parse } from './parse';

/** The widget on a website. What is committed is delivered: the browser is told by its socket. */
export const liveChat: Channel = {
  kind: 'live-chat',
  capabilities: { idempotentSend: true, maxFileBytes: MAX_FILE_BYTES },
  parse,
  send: null,
};
