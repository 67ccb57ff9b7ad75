import { isSignedUser } from './signed-user';

// printf 4711 | openssl dgst -sha256 -hmac 'whsec_secret'
const SIGNATURE = '1cc055b98d71691d4e1826eeb4880a8505ef9674430c2d2026b750d2ed83b283';

it('believes what was signed with one of the secrets', () => {
  expect(isSignedUser(['whsec_secret'], '4711', SIGNATURE)).toBe(true);
  expect(isSignedUser(['another', 'whsec_secret'], '4711', SIGNATURE)).toBe(true);
});

it.each([
  ['another id', ['whsec_secret'], '4712', SIGNATURE],
  ['another secret', ['another'], '4711', SIGNATURE],
  ['no secret', [], '4711', SIGNATURE],
  ['a part of it', ['whsec_secret'], '4711', SIGNATURE.slice(0, 32)],
  ['nothing', ['whsec_secret'], '4711', ''],
  ['no number', ['whsec_secret'], '4711', 'z'.repeat(64)],
])('does not believe %s', (_what, secrets, id, signature) => {
  expect(isSignedUser(secrets, id, signature)).toBe(false);
});
