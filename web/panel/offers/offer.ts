import type { ConversationShape } from '../../../contracts/conversation';

/** Whether it is offered to this person: from the line, or by another agent. */
export const isOffer = (row: ConversationShape, me: string): boolean =>
  (row.placement === 'offered' && row.ownerId === me) || isTransferOffer(row, me);

export const isTransferOffer = (row: ConversationShape, me: string): boolean =>
  row.transferToId === me && row.ownerId !== me;

/** When it goes elsewhere; empty where that is not known. */
export const offerEnd = (row: ConversationShape): string =>
  row.transferUntil ?? row.offerExpiresAt ?? '';

/** Why it came to this person: words of `offers.reasons`, the most telling first. */
export function reasonsOf(row: ConversationShape, me: string, skills: readonly string[]) {
  if (isTransferOffer(row, me)) return [{ word: 'transfer' as const, skills: '' }];
  const matched = [...row.requiredSkills, ...row.preferredSkills].filter((skill) =>
    skills.includes(skill),
  );
  return [
    ...(row.preferredAgentId === me ? [{ word: 'known' as const, skills: '' }] : []),
    ...(row.urgent ? [{ word: 'urgent' as const, skills: '' }] : []),
    ...(matched.length > 0 ? [{ word: 'skills' as const, skills: matched.join(', ') }] : []),
    ...(row.priority > 0 ? [{ word: 'priority' as const, skills: '' }] : []),
    { word: 'turn' as const, skills: '' },
  ];
}
