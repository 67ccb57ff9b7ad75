import type { z } from 'zod';
import { sendVisitorMessage } from '../../contracts/http/visitor';
import { AppError } from '../../core/errors';
import type { ChannelAccount, InboundMessage, ParsedInbound, RawRequest } from '../channel';
import { readJson } from '../read-json';
import { verifyVisitor } from './verify-visitor';
import type { Visitor } from './visitor-token';

/** What a visitor wrote, as every channel gives its messages. */
export function messageOf(
  visitor: Pick<Visitor, 'externalId' | 'language'>,
  { id, text, fileIds, during }: z.output<typeof sendVisitorMessage.body>,
): InboundMessage {
  return {
    kind: 'message',
    // Two browsers may make up the same id.
    externalId: `${visitor.externalId}/${id}`,
    from: { externalId: visitor.externalId, language: visitor.language },
    text,
    files: [],
    fileIds: [...new Set(fileIds)],
    during,
  };
}

/** See `Channel.parse`. The only address is `messages`. */
export function parse(request: RawRequest, account: ChannelAccount): ParsedInbound[] {
  const visitor = verifyVisitor(request, account);
  if (request.endpoint !== 'messages') throw new AppError('NOT_FOUND');
  return [messageOf(visitor, readJson(request.body, sendVisitorMessage.body))];
}
