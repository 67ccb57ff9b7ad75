import type { ConversationShape } from '../../../contracts/conversation';
import { rightsOf } from './rights';

const me = { id: 'me', role: 'agent' as const };
const boss = { id: 'boss', role: 'supervisor' as const };
const conversation = (change: Partial<ConversationShape>): ConversationShape =>
  ({
    status: 'open',
    placement: 'assigned',
    ownerId: 'me',
    listedAgentId: null,
    ...change,
  }) as ConversationShape;
const granted = (...given: Parameters<typeof rightsOf>): string[] =>
  Object.entries(rightsOf(...given)).flatMap(([name, may]) => (may ? [name] : []));

test.each([
  [{}, me, 'reply note edit transfer setStatus solve close'],
  [{ status: 'waiting' as const }, me, 'reply note edit transfer setStatus solve close'],
  [{ status: 'solved' as const }, me, 'note edit close'],
  [{ status: 'closed' as const, placement: null, listedAgentId: 'me' }, me, 'hide'],
  [{ placement: 'queued' as const, ownerId: null }, me, 'take'],
  [{ ownerId: 'other' }, me, ''],
  [{ ownerId: 'other' }, boss, 'note edit transfer setStatus solve close'],
  [{ placement: 'queued' as const, ownerId: null }, boss, 'take note edit transfer close'],
  [{ placement: 'offered' as const }, me, ''],
])('of %j', (change, person, rights) => {
  expect(granted(conversation(change), person).join(' ')).toBe(rights);
});
