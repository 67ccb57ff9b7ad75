import { openMessage, openState } from '../../contracts/http/open-channel';
import { AppError } from '../../core/errors';
import type { CarriedFile, ChannelAccount, ParsedInbound, RawRequest } from '../channel';
import { readJson } from '../read-json';
import { verifySignature } from './signature';

/** See `Channel.parse`. Addresses: `receive` for messages, `status` for what became of ours. */
export function parse(request: RawRequest, account: ChannelAccount): ParsedInbound[] {
  verifySignature(request, account.secrets);
  switch (request.endpoint) {
    case 'receive':
      return [parseMessage(request.body)];
    case 'status':
      return [{ kind: 'state', ...readJson(request.body, openState) }];
    default:
      throw new AppError('NOT_FOUND');
  }
}

function parseMessage(body: Buffer): ParsedInbound {
  const { id, from, text, file, sentAt } = readJson(body, openMessage);
  const { id: customer, ...known } = from;
  return {
    kind: 'message',
    externalId: id,
    from: { externalId: customer, ...known },
    text: text ?? '',
    files: file ? [decode(file)] : [],
    fileIds: [],
    sentAt: sentAt === undefined ? undefined : Date.parse(sentAt),
  };
}

function decode(file: { name: string; mime?: string | undefined; content: string }): CarriedFile {
  // Node's decoder skips what is no base64, which would store another file than was meant.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(file.content) || file.content.length % 4 !== 0) {
    throw new AppError('INVALID_REQUEST', {
      fields: [{ path: 'file.content', problem: 'must be base64' }],
    });
  }
  return { name: file.name, mime: file.mime, bytes: Buffer.from(file.content, 'base64') };
}
