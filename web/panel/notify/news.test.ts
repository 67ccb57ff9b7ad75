import type { ConversationShape } from '../../../contracts/conversation';
import type { ListChanged } from '../../../contracts/realtime';
import { worthTelling } from './news';

const row = (change: Partial<ConversationShape>): ConversationShape =>
  ({
    id: 'c',
    rev: 1,
    status: 'open',
    placement: 'queued',
    ownerId: null,
    transferToId: null,
    lastInSeq: 1,
    ...change,
  }) as ConversationShape;

const level = (now: ConversationShape, before?: ConversationShape): string | undefined => {
  const change = { list: 'agent', id: 'me', conversation: now } as ListChanged;
  return worthTelling({ kind: 'list', change }, before, 'me')?.level;
};

const offered = row({ rev: 2, placement: 'offered', ownerId: 'me' });
const assigned = row({ rev: 3, placement: 'assigned', ownerId: 'me' });

test.each([
  ['a new one in line', row({}), undefined, 'unassigned'],
  ['one known in line', row({ rev: 2 }), row({}), undefined],
  ['an offer', offered, row({}), 'offer'],
  ['the same offer', { ...offered, rev: 4 }, offered, undefined],
  ['what was offered and accepted', assigned, offered, undefined],
  ['what was assigned', assigned, row({}), 'assigned'],
  ['a message in one’s own', { ...assigned, rev: 5, lastInSeq: 2 }, assigned, 'message'],
  ['a change of one’s own', { ...assigned, rev: 5 }, assigned, undefined],
  ['old news', assigned, { ...assigned, rev: 9 }, undefined],
  [
    'a transfer that is offered',
    { ...assigned, ownerId: 'a', transferToId: 'me' },
    undefined,
    'offer',
  ],
  ['another’s', { ...assigned, ownerId: 'a' }, undefined, undefined],
])('%s', (_name, now, before, expected) => {
  expect(level(now, before)).toBe(expected);
});
