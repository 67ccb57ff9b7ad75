import { signLink, verifyLink } from './signed-links';

const NOW = 1_800_000_000_000;
const ID = '0191d5f0-0000-7000-8000-000000000001';
const SECRET = 'a secret of at least thirty-two characters';

const queryOf = (path: string): { expires: string; signature: string } => {
  const query = new URL(path, 'http://x').searchParams;
  return { expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
};

it('lets the holder in until the time is over', () => {
  const { path, expiresAt } = signLink(SECRET, ID, 60_000, NOW);
  expect(path.startsWith(`/files/${ID}?`)).toBe(true);
  expect(expiresAt.getTime()).toBe(NOW + 60_000);
  expect(verifyLink(SECRET, ID, queryOf(path), NOW + 59_999)).toBe(true);
  expect(verifyLink(SECRET, ID, queryOf(path), NOW + 60_000)).toBe(false);
});

it.each([
  ['another file', '0191d5f0-0000-7000-8000-000000000002', {}],
  ['a longer time', ID, { expires: '9999999999' }],
  ['a cut signature', ID, { signature: 'abcd' }],
  ['no signature', ID, { signature: '' }],
])('refuses %s', (_what, id, change) => {
  const query = queryOf(signLink(SECRET, ID, 60_000, NOW).path);
  expect(verifyLink(SECRET, id, { ...query, ...change }, NOW)).toBe(false);
});

it('refuses the link of another installation', () => {
  const foreign = signLink('another secret of thirty-two characters', ID, 60_000, NOW);
  expect(verifyLink(SECRET, ID, queryOf(foreign.path), NOW)).toBe(false);
});
