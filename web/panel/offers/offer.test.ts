import type { ConversationShape } from '../../../contracts/conversation';
import { isOffer, reasonsOf } from './offer';

const row = (change: Partial<ConversationShape>): ConversationShape =>
  ({
    placement: 'offered',
    ownerId: 'me',
    transferToId: null,
    preferredAgentId: null,
    urgent: false,
    priority: 0,
    requiredSkills: [],
    preferredSkills: [],
    ...change,
  }) as ConversationShape;

const words = (...given: Parameters<typeof reasonsOf>): string[] =>
  reasonsOf(...given).map(({ word, skills }) => (skills ? `${word}: ${skills}` : word));

test('what comes from the line or from another agent is an offer, what one holds is none', () => {
  expect(isOffer(row({}), 'me')).toBe(true);
  expect(isOffer(row({ placement: 'assigned', ownerId: 'ari', transferToId: 'me' }), 'me')).toBe(
    true,
  );
  expect(isOffer(row({ placement: 'assigned' }), 'me')).toBe(false);
  expect(isOffer(row({ ownerId: 'ari' }), 'me')).toBe(false);
});

test('the reasons say what spoke for this agent', () => {
  expect(words(row({}), 'me', [])).toEqual(['turn']);
  const asked = row({
    preferredAgentId: 'me',
    urgent: true,
    priority: 3,
    requiredSkills: ['french'],
    preferredSkills: ['vip', 'refunds'],
  });
  expect(words(asked, 'me', ['french', 'vip'])).toEqual([
    'known',
    'urgent',
    'skills: french, vip',
    'priority',
    'turn',
  ]);
  expect(words(row({ ownerId: 'ari', transferToId: 'me' }), 'me', [])).toEqual(['transfer']);
});
