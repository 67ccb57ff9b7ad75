/**
 * A customer's system behind an open channel, as strict as a careful one: it checks the signature with code of its
 * own, recognises repeated ids, and answers as it is told.
 */
import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Taken {
  readonly id: string;
  readonly conversationId: string;
  readonly to: { readonly id: string };
  readonly text: string;
  readonly file?: { readonly name: string; readonly url: string };
  readonly sentAt: string;
}

export interface FakeReceiver {
  readonly url: string;
  /** What it holds, each message once, in the order of their coming. */
  readonly taken: readonly Taken[];
  /** Ids of all calls, repeats and refused ones too. */
  readonly calls: readonly string[];
  /** What was wrong with a call; a good sender leaves it empty. */
  readonly faults: readonly string[];
  /** Answers the next calls so; then again with 200. A function answers by itself. */
  answer(...next: (number | ((res: ServerResponse) => void))[]): void;
  close(): Promise<void>;
}

/** `key` is what the secret `whsec_<base64>` stands for. */
export async function startFakeReceiver(key: Buffer): Promise<FakeReceiver> {
  const taken: Taken[] = [];
  const calls: string[] = [];
  const faults: string[] = [];
  const script: (number | ((res: ServerResponse) => void))[] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const body = Buffer.concat(parts);
      const header = (name: string): string => String(req.headers[name] ?? '');
      const id = header('webhook-id');
      const timestamp = header('webhook-timestamp');
      const expected = createHmac('sha256', key)
        .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]))
        .digest('base64');
      const message = JSON.parse(body.toString()) as Taken;
      calls.push(message.id);
      if (req.method !== 'POST') faults.push(`method ${req.method}`);
      if (header('webhook-signature') !== `v1,${expected}`) faults.push('signature');
      if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) faults.push('timestamp');
      if (message.id !== id) faults.push('the id of the header is not that of the body');
      const next = script.shift() ?? 200;
      const accepts = typeof next === 'function' || (next >= 200 && next < 300);
      if (accepts && !taken.some((known) => known.id === message.id)) taken.push(message);
      if (typeof next === 'function') next(res);
      else res.writeHead(next).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    calls,
    faults,
    answer: (...next) => void script.push(...next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
