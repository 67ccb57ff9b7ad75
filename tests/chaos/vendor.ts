/** The system behind the open channel: sends messages, takes replies, and is not always well. */
import { createHmac, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { startFakeReceiver, type FakeReceiver } from '../support/fake-receiver';
import type { Random } from './random';

/** More than any run makes; behind them all goes well. */
const MOST_CALLS = 50_000;

export interface Vendor {
  readonly receiver: FakeReceiver;
  /** A signed body, with a new timestamp at each call. */
  sign(body: object): () => { body: string; headers: Record<string, string> };
  stop(): Promise<void>;
}

/** `key` is what the channel's secret stands for; so many of a hundred answers go wrong. */
export async function startVendor(key: Buffer, faults: number, random: Random): Promise<Vendor> {
  const receiver = await startFakeReceiver(key);
  const moods: readonly (() => number | ((res: ServerResponse) => void))[] = [
    () => 503,
    () => 429,
    // Taken, but nobody hears of it.
    () => (res) => res.destroy(),
    () => (res) => setTimeout(() => res.writeHead(200).end(), 700),
  ];
  const answers = Array.from({ length: MOST_CALLS }, () =>
    random.percent(faults) ? random.pick(moods)() : 200,
  );
  receiver.answer(...answers);
  return {
    receiver,
    sign(body) {
      const text = JSON.stringify(body);
      return () => {
        const id = randomUUID();
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = createHmac('sha256', key)
          .update(`${id}.${timestamp}.${text}`)
          .digest('base64');
        return {
          body: text,
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': timestamp,
            'webhook-signature': `v1,${signature}`,
          },
        };
      };
    },
    stop: () => receiver.close(),
  };
}
