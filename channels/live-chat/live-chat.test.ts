import { join } from 'node:path';
import type { ChannelAccount, RawRequest } from '../channel';
import { testChannelContract } from '../contract.test-kit';
import { liveChat } from './live-chat';
import { originAllowed } from './origin';
import { readVisitorToken, signVisitorToken } from './visitor-token';

const SECRET = 'fixture secret of a live chat channel';
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-11-21T14:00:00Z');
const ORIGIN = 'https://shop.example';
const account: ChannelAccount = {
  id: '0191d5f0-0000-7000-8000-00000000c0de',
  settings: { allowedOrigins: [ORIGIN, 'http://localhost:3000'] },
  secrets: [SECRET],
};

const requestBy = (
  who: { channelId: string; externalId: string },
  body: object,
  at = NOW,
): RawRequest => ({
  endpoint: 'messages',
  headers: {
    origin: ORIGIN,
    authorization: `Bearer ${signVisitorToken(SECRET, who, at).token}`,
  },
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: at,
});

testChannelContract({
  channel: liveChat,
  account,
  fixtures: join(__dirname, 'fixtures'),
  request: ({ id, from, text }, at) =>
    requestBy({ channelId: account.id, externalId: from }, { id, text }, at),
  refusals: { forged: 'UNAUTHENTICATED', late: 'UNAUTHENTICATED' },
  lateAfterMs: 99 * DAY,
});

it('tells two visitors with the same id of a message apart', () => {
  const ids = ['visitor-1', 'visitor-2'].map((externalId) => {
    const who = { channelId: account.id, externalId };
    const [parsed] = liveChat.parse(requestBy(who, { id: '1', text: 'x' }), account);
    return parsed?.kind === 'message' && parsed.externalId;
  });
  expect(new Set(ids).size).toBe(2);
});

it('takes no token of another channel', () => {
  const who = { channelId: '0191d5f0-0000-7000-8000-00000000beef', externalId: 'v' };
  expect(() => liveChat.parse(requestBy(who, { id: '1', text: 'x' }), account)).toThrow(
    expect.objectContaining({ code: 'UNAUTHENTICATED' }),
  );
});

it.each([
  ['none', undefined],
  ['null', 'null'],
  ['another website', 'https://evil.example'],
  ['a subdomain', 'https://www.shop.example'],
  ['a longer name', 'https://shop.example.evil.example'],
  ['another scheme', 'http://shop.example'],
  ['another port', 'https://shop.example:8443'],
  ['capital letters, which no browser sends', 'https://SHOP.example'],
])('refuses the origin %s', (_what, origin) => {
  expect(originAllowed(origin, account.settings)).toBe(false);
  const request = requestBy({ channelId: account.id, externalId: 'v' }, { id: '1', text: 'x' });
  const headers = { ...request.headers, origin };
  expect(() => liveChat.parse({ ...request, headers }, account)).toThrow(
    expect.objectContaining({ code: 'ORIGIN_REFUSED' }),
  );
});

it('allows nobody where no website is named', () => {
  expect(originAllowed(ORIGIN, {})).toBe(false);
  expect(originAllowed(ORIGIN, { allowedOrigins: [] })).toBe(false);
});

it.each(['', 'v1', 'v1..', 'v2.a.b', 'v1.W10.AAAA', 'a.b.c.d', 'v1.%%%.%%%', '🙂'])(
  'reads nobody from the token %j',
  (token) => {
    expect(readVisitorToken(SECRET, token, NOW)).toBeNull();
  },
);
