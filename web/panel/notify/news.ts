import type { ConversationShape } from '../../../contracts/conversation';
import type { LiveNews } from '../realtime/live-cache';

/** What somebody is told of, the most pressing first. */
export type Level = 'offer' | 'assigned' | 'message' | 'unassigned';

export interface Worth {
  readonly level: Level;
  readonly conversation: ConversationShape;
}

/**
 * What a piece of news is worth telling to this person, if anything. `before` is how the conversation was held.
 */
export function worthTelling(
  news: LiveNews,
  before: ConversationShape | undefined,
  me: string,
): Worth | null {
  const conversation =
    news.kind === 'list'
      ? news.change.conversation
      : news.kind === 'conversation'
        ? news.changes.conversation
        : null;
  if (!conversation || (before && before.rev >= conversation.rev)) return null;
  const { placement, ownerId, transferToId, lastInSeq } = conversation;
  const was = (owner: string | null | undefined): boolean => owner === me;
  const offered = (placement === 'offered' && was(ownerId)) || (was(transferToId) && !was(ownerId));
  const offeredBefore =
    (before?.placement === 'offered' && was(before.ownerId)) || was(before?.transferToId);
  if (offered) return offeredBefore ? null : { level: 'offer', conversation };
  if (placement === 'assigned' && was(ownerId)) {
    // What was offered, or taken by hand, is no news to who did it.
    if (!was(before?.ownerId)) return offeredBefore ? null : { level: 'assigned', conversation };
    return before && lastInSeq > before.lastInSeq ? { level: 'message', conversation } : null;
  }
  const came = placement === 'queued' && conversation.status === 'open' && !before;
  return came ? { level: 'unassigned', conversation } : null;
}
