import { derivedToken, seal, unseal } from './seal';

const secret = 'a secret of at least thirty-two characters';

test('opens what it sealed, for the same purpose with the same secret', () => {
  const sealed = seal(secret, 'channel', 'grüße');
  expect(unseal(secret, 'channel', sealed)).toBe('grüße');
  expect(() => unseal(secret, 'answers', sealed)).toThrow();
  expect(() => unseal(`${secret}!`, 'channel', sealed)).toThrow();
});

test('seals the same thing differently each time, and notices every changed byte', () => {
  const sealed = seal(secret, 'channel', 'x');
  expect(seal(secret, 'channel', 'x').equals(sealed)).toBe(false);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(secret, 'channel', changed)).toThrow();
  }
});

test('derives one token from the same words, others from other words or purposes', () => {
  expect(derivedToken(secret, 'csrf', 'a')).toBe(derivedToken(secret, 'csrf', 'a'));
  expect(derivedToken(secret, 'csrf', 'a')).not.toBe(derivedToken(secret, 'csrf', 'b'));
  expect(derivedToken(secret, 'csrf', 'a')).not.toBe(derivedToken(secret, 'x', 'a'));
});
