/**
 * What every channel must do, whatever its medium: run by the test of each. Its fixtures are requests as they were
 * signed by others (openssl), so that a fault in our own signing cannot hide one in our checking.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ErrorCode } from '../core/errors';
import type {
  Channel,
  ChannelAccount,
  InboundMessage,
  Outbound,
  ParsedInbound,
  RawRequest,
  SendIo,
  SendResult,
} from './channel';

export interface Said {
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

export interface ContractSubject {
  readonly channel: Channel;
  /** The account that the fixtures are signed for. */
  readonly account: ChannelAccount;
  /** Folder of fixtures. */
  readonly fixtures: string;
  /** A request as the medium would make it for these words at this instant. */
  request(said: Said, at: number): RawRequest;
  /** What a forged request, and a true one that is too old, are refused with. */
  readonly refusals: { readonly forged: ErrorCode; readonly late: ErrorCode };
  /** After how long a true request is too old. */
  readonly lateAfterMs: number;
  /** The account with another address to send to, for a medium that sends outside. */
  accountFor?(replyUrl: string): ChannelAccount;
}

interface Fixture {
  endpoint: string;
  receivedAt: string;
  headers: Record<string, string>;
  body: string;
  parsed: (Record<string, unknown> & { files?: { text: string }[]; sentAt?: string })[];
}

const NOW = Date.parse('2026-11-21T14:00:00Z');

const fixturesIn = (folder: string): [string, Fixture][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fixture]);

const requestOf = (fixture: Fixture): RawRequest => ({
  endpoint: fixture.endpoint,
  headers: fixture.headers,
  body: Buffer.from(fixture.body),
  receivedAt: Date.parse(fixture.receivedAt),
});

/** As fixtures write it: bytes as text, instants as ISO, nothing that is undefined. */
const written = (parsed: ParsedInbound): unknown => {
  if (parsed.kind === 'state') return parsed;
  const files = parsed.files.map(({ bytes, ...file }) => ({ ...file, text: bytes.toString() }));
  const sentAt = parsed.sentAt === undefined ? undefined : new Date(parsed.sentAt).toISOString();
  return JSON.parse(JSON.stringify({ ...parsed, files, sentAt })) as unknown;
};

/** Declares the tests of one channel. */
export function testChannelContract(subject: ContractSubject): void {
  const { channel, account, refusals } = subject;
  const parse = (request: RawRequest): ParsedInbound[] => channel.parse(request, account);
  const message = (said: Partial<Said>): InboundMessage => {
    const request = subject.request({ id: 'm', from: 'customer-1', text: 'hello', ...said }, NOW);
    const [parsed] = parse(request);
    if (parsed?.kind !== 'message') throw new Error('no message came of it');
    return parsed;
  };
  const codeOf = (request: RawRequest): string => {
    try {
      parse(request);
      return 'accepted';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };

  describe('fixtures', () => {
    it.each(fixturesIn(subject.fixtures))('reads %s', (_name, fixture) => {
      expect(parse(requestOf(fixture)).map(written)).toEqual(fixture.parsed);
    });
  });

  describe('dedupe', () => {
    it('knows a redelivered message by its id, and two messages apart', () => {
      expect(message({ id: 'a' }).externalId).toBe(message({ id: 'a' }).externalId);
      expect(message({ id: 'a' }).externalId).not.toBe(message({ id: 'b' }).externalId);
    });
  });

  describe('order', () => {
    it('keeps each message whole and in the order of its requests', () => {
      const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
      const read = words.map((text, i) => message({ id: `o${i}`, text }).text);
      expect(read).toEqual(words);
    });
  });

  describe('unicode', () => {
    it.each([
      'Grüße, 你好, Привет, שלום',
      '👩‍👩‍👧 🏳️‍🌈 e\u0301',
      'line one\nline two\r\n\ttabbed',
      '  spaces at both ends  ',
      '\u202eturned\u202c <b>&amp;</b> \\ " \u2028',
    ])('keeps %j as it came', (text) => {
      expect(message({ text }).text).toBe(text);
    });

    it.each(['a\0b', 'half a pair \ud83d'])('refuses %j, which cannot be stored', (text) => {
      expect(codeOf(subject.request({ id: 'x', from: 'c', text }, NOW))).toBe('INVALID_REQUEST');
    });
  });

  describe('signature', () => {
    const good = subject.request({ id: 's', from: 'customer-1', text: 'true words' }, NOW);
    const headersWithout = (name: string): RawRequest['headers'] =>
      Object.fromEntries(Object.entries(good.headers).filter(([key]) => key !== name));
    const proof = Object.keys(good.headers).filter((name) =>
      /signature|authorization|webhook-id|timestamp/.test(name),
    );

    it('takes the true request', () => {
      expect(codeOf(good)).toBe('accepted');
    });

    it.each(proof)('refuses a request without %s', (name) => {
      expect(codeOf({ ...good, headers: headersWithout(name) })).toBe(refusals.forged);
    });

    it.each(proof)('refuses a request with another %s', (name) => {
      const value = good.headers[name] ?? '';
      const other = value.slice(0, -4) + (value.endsWith('1111') ? '2222' : '1111');
      expect(codeOf({ ...good, headers: { ...good.headers, [name]: other } })).toBe(
        refusals.forged,
      );
    });

    it('refuses what was signed for another account', () => {
      expect(() => channel.parse(good, { ...account, secrets: ['another secret'] })).toThrow(
        expect.objectContaining({ code: refusals.forged }),
      );
    });

    it('refuses a true request that is too old', () => {
      const last = NOW + subject.lateAfterMs;
      expect(codeOf({ ...good, receivedAt: last - 1000 })).toBe('accepted');
      expect(codeOf({ ...good, receivedAt: last + 1000 })).toBe(refusals.late);
    });

    it('takes either of two secrets while they are changed', () => {
      const secrets = ['another secret', ...account.secrets];
      expect(channel.parse(good, { ...account, secrets })).toHaveLength(1);
    });
  });

  describe('form', () => {
    it('refuses an address that it does not have', () => {
      const good = subject.request({ id: 's', from: 'customer-1', text: 'words' }, NOW);
      expect(codeOf({ ...good, endpoint: 'elsewhere' })).toBe('NOT_FOUND');
    });
  });

  const { send } = channel;
  const accountFor = subject.accountFor?.bind(subject);
  if (!send || !accountFor) {
    it('sends nothing outside', () => expect(send).toBeNull());
    return;
  }

  describe('retry', () => {
    let answer: (req: IncomingMessage, res: ServerResponse) => void = () => undefined;
    const server = createServer((req, res) => answer(req, res));
    let url = '';
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    const io: SendIo = { fetch, now: () => NOW };
    const attempt = (to = url): Promise<SendResult> => send(OUTBOUND, accountFor(to), io);

    it.each<[number, SendResult['kind']]>([
      [200, 'sent'],
      [202, 'sent'],
      [204, 'sent'],
      [301, 'failed'],
      [400, 'failed'],
      [401, 'failed'],
      [403, 'failed'],
      [404, 'failed'],
      [410, 'failed'],
      [422, 'failed'],
      [408, 'retry'],
      [409, 'retry'],
      [429, 'retry'],
      [500, 'retry'],
      [502, 'retry'],
      [503, 'retry'],
    ])('takes HTTP %d for %s', async (status, kind) => {
      answer = (_req, res) => res.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}');
      const result = await attempt();
      expect(result.kind).toBe(kind);
      if (result.kind !== 'sent') expect(result.code).toBe(`HTTP_${status}`);
    });

    it.each([
      ['120', 120_000],
      ['0', 0],
      ['86400', 3_600_000],
      [new Date(NOW + 30_000).toUTCString(), 30_000],
      ['soon', undefined],
    ])('honours Retry-After %s', async (header, afterMs) => {
      answer = (_req, res) => res.writeHead(429, { 'retry-after': header }).end();
      expect(await attempt()).toEqual({ kind: 'retry', code: 'HTTP_429', afterMs });
    });

    it('tries again where nobody answers, or hangs up', async () => {
      expect(await attempt('http://127.0.0.1:1/')).toMatchObject({ kind: 'retry' });
      answer = (req) => req.socket.destroy();
      expect(await attempt()).toMatchObject({ kind: 'retry', code: 'UNREACHABLE' });
    });

    it('does not wait for the end of a body that never ends', async () => {
      answer = (_req, res) => void res.writeHead(200).write('x'.repeat(100_000));
      expect(await attempt()).toEqual({ kind: 'sent' });
    });

    it('sends nothing where there is no address that one can post to', async () => {
      for (const bad of ['', 'ftp://127.0.0.1/', 'no url']) {
        expect(await attempt(bad)).toMatchObject({ kind: 'failed' });
      }
    });

    it('says the same id on every attempt', async () => {
      const ids: unknown[] = [];
      answer = (req, res) => {
        const parts: Buffer[] = [];
        req.on('data', (part: Buffer) => parts.push(part));
        req.on('end', () => {
          ids.push((JSON.parse(Buffer.concat(parts).toString()) as { id: string }).id);
          res.writeHead(503).end();
        });
      };
      await attempt();
      await attempt();
      expect(ids).toEqual([OUTBOUND.messageId, OUTBOUND.messageId]);
    });
  });
}

/** A message to be sent, for the tests of a channel's own form. */
export const OUTBOUND: Outbound = {
  messageId: '0191d5f0-0000-7000-8000-0000000000a1',
  conversationId: '0191d5f0-0000-7000-8000-0000000000c1',
  to: 'customer-7',
  text: 'Grüße 🙂\nYour parcel is here.',
  files: [],
  writtenAt: NOW - 1000,
};
