import { sendVisitorMessage } from '../../contracts/http/visitor';
import { AppError } from '../../core/errors';
import type { ChannelAccount, ParsedInbound, RawRequest } from '../channel';
import { readJson } from '../read-json';
import { verifyVisitor } from './verify-visitor';

/** See `Channel.parse`. The only address is `messages`. */
export function parse(request: RawRequest, account: ChannelAccount): ParsedInbound[] {
  const visitor = verifyVisitor(request, account);
  if (request.endpoint !== 'messages') throw new AppError('NOT_FOUND');
  const { id, text, fileIds, during } = readJson(request.body, sendVisitorMessage.body);
  return [
    {
      kind: 'message',
      // Two browsers may make up the same id.
      externalId: `${visitor.externalId}/${id}`,
      from: { externalId: visitor.externalId },
      text,
      files: [],
      fileIds: [...new Set(fileIds)],
      during,
    },
  ];
}
