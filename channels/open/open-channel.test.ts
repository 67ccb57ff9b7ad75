import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ChannelAccount } from '../channel';
import { OUTBOUND, testChannelContract } from '../contract.test-kit';
import { openChannel } from './open-channel';
import { signedHeaders } from './signature';

const KEY = 'fixture secret of thirty-two by.';
const SECRET = `whsec_${Buffer.from(KEY).toString('base64')}`;
const account: ChannelAccount = { id: 'c', settings: {}, secrets: [SECRET] };
const NOW = Date.parse('2026-11-21T14:00:00Z');

const signed = (body: object, endpoint = 'receive') => {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = signedHeaders([SECRET], 'evt', bytes, NOW);
  return { endpoint, headers, body: bytes, receivedAt: NOW };
};

testChannelContract({
  channel: openChannel,
  account,
  fixtures: join(__dirname, 'fixtures'),
  request: ({ id, from, text }, at) => ({
    ...signed({ id, from: { id: from }, text }),
    headers: signedHeaders(
      [SECRET],
      'evt',
      Buffer.from(JSON.stringify({ id, from: { id: from }, text })),
      at,
    ),
  }),
  refusals: { forged: 'SIGNATURE_INVALID', late: 'SIGNATURE_REPLAYED' },
  lateAfterMs: 5 * 60 * 1000,
  accountFor: (replyUrl) => ({ ...account, settings: { replyUrl } }),
});

it('refuses a true signature from the future', () => {
  const request = { ...signed({}), receivedAt: NOW - 6 * 60 * 1000 };
  expect(() => openChannel.parse(request, account)).toThrow(
    expect.objectContaining({ code: 'SIGNATURE_REPLAYED' }),
  );
});

describe('a body that does not fit', () => {
  const from = { id: 'c' };
  const file = { name: 'a.txt', content: 'YWJj' };
  it.each<[string, object]>([
    ['neither text nor file', { id: 'm', from }],
    ['only spaces', { id: 'm', from, text: '  ' }],
    ['no id', { from, text: 'x' }],
    ['no customer', { id: 'm', text: 'x' }],
    ['a number for an id', { id: 1, from, text: 'x' }],
    ['an id with a line break', { id: 'a\nb', from, text: 'x' }],
    ['a field that is not known', { id: 'm', from, text: 'x', html: '<b>' }],
    ['a time that is none', { id: 'm', from, text: 'x', sentAt: 'yesterday' }],
    ['two files', { id: 'm', from, file: [file, file] }],
    ['a file that is no base64', { id: 'm', from, file: { ...file, content: 'a b!' } }],
    ['a file with an end cut off', { id: 'm', from, file: { ...file, content: 'YWJ' } }],
    ['a text without an end', { id: 'm', from, text: 'x'.repeat(10_001) }],
  ])('is refused for %s', (_what, body) => {
    expect(() => openChannel.parse(signed(body), account)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST' }),
    );
  });

  it('never repeats what was sent', () => {
    const secret = { id: 'm', from, text: 'x', 'private-key-name': 'private value' };
    try {
      openChannel.parse(signed(secret), account);
      throw new Error('accepted');
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('private');
    }
  });

  it.each(['', '{', 'null', '[]', '"text"', '\ufffe'])('is refused as %j', (text) => {
    const body = Buffer.from(text);
    const headers = signedHeaders([SECRET], 'evt', body, NOW);
    const request = { endpoint: 'receive', headers, body, receivedAt: NOW };
    expect(() => openChannel.parse(request, account)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/MALFORMED_JSON|INVALID_REQUEST/) }),
    );
  });
});

it('keeps a file byte for byte', () => {
  const content = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 256));
  const [parsed] = openChannel.parse(
    signed({
      id: 'm',
      from: { id: 'c' },
      file: { name: 'a.png', content: content.toString('base64') },
    }),
    account,
  );
  expect(parsed).toMatchObject({ kind: 'message', files: [{ name: 'a.png' }] });
  expect(parsed?.kind === 'message' && parsed.files[0]?.bytes.equals(content)).toBe(true);
});

it('posts what the documentation says, signed by every secret', async () => {
  let seen: { headers: NodeJS.Dict<string | string[]>; body: string } | undefined;
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      seen = { headers: req.headers, body: Buffer.concat(parts).toString() };
      res.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const replyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?x=1`;
  const older = `whsec_${Buffer.from('older').toString('base64')}`;
  const file = { name: 'a.pdf', mime: 'application/pdf', size: 3, url: 'https://x.example/f' };
  const result = await openChannel.send?.(
    { ...OUTBOUND, files: [file] },
    { ...account, settings: { replyUrl }, secrets: [SECRET, older] },
    { fetch, now: () => NOW },
  );
  server.close();
  expect(result).toEqual({ kind: 'sent' });
  expect(JSON.parse(seen?.body ?? '')).toEqual({
    id: OUTBOUND.messageId,
    conversationId: OUTBOUND.conversationId,
    to: { id: 'customer-7' },
    text: OUTBOUND.text,
    file,
    sentAt: '2026-11-21T13:59:59.000Z',
  });
  expect(seen?.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': OUTBOUND.messageId,
    'webhook-timestamp': String(NOW / 1000),
  });
  const signatureBy = (key: string): string =>
    createHmac('sha256', key)
      .update(`${OUTBOUND.messageId}.${NOW / 1000}.${seen?.body}`)
      .digest('base64');
  expect(seen?.headers['webhook-signature']).toBe(
    `v1,${signatureBy(KEY)} v1,${signatureBy('older')}`,
  );
});
